import type { App } from "tenuto";
import type { Route } from "../route.ts";
import { routes } from "../routes.ts";
import { createComponents, type Member } from "./components.ts";
import { headers, type Narrowing, operationOf, tags } from "./operation.ts";
import { eitherMember, eitherOf, type MessageTypes, workflowSchemas, type WorkflowTypes } from "./workflow-schemas.ts";

/** A document of OpenAPI 3.1, as it is served. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: Readonly<
    Record<"schemas" | "responses" | "headers" | "securitySchemes", Readonly<Record<string, object>>>
  >;
  readonly servers: readonly object[];
  readonly security: readonly object[];
  readonly tags: readonly object[];
}

/**
 * Describes the API of an app, from the table of routes and the contracts. A route that has a workflow's or a message's
 * name in its path is there once for any, and once for each that the app has, with its types: the path without a
 * parameter is the one that counts, by OpenAPI's own rule.
 */
export function openApiDocument(app: App): OpenApiDocument {
  const components = createComponents();
  const workflows = workflowSchemas(app, components);
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    for (const narrowing of [...narrowingsOf(route, workflows), inPlace(route, workflows)]) {
      const path = pathOf(route, narrowing.fixed);
      paths[path] = { ...paths[path], [route.method]: operationOf(route, components, narrowing) };
    }
  }
  return {
    openapi: "3.1.1",
    info: {
      title: app.name,
      version: "1",
      summary: `The workflows of the app "${app.name}"`,
      description: "Made by Tenuto from the app's contracts. Errors are problems by RFC 9457, with a stable `code`.",
    },
    servers: [{ url: "/" }],
    security: [],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: components.schemas, responses: components.responses, headers, securitySchemes },
  };
}

const securitySchemes = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    description: "A key of `TENUTO_API_KEYS`; without any configured, none is asked for.",
  },
};

function pathOf({ path }: Route, fixed: Narrowing["fixed"] = {}): string {
  return path.replace(/:(\w+)/g, (_all, name: string) => fixed[name] ?? `{${name}}`);
}

/** The route for any workflow or message; the result of a run is one of any workflow of the app. */
function inPlace({ operation }: Route, workflows: readonly WorkflowTypes[]): Narrowing {
  if (operation.typedBy !== "outcome" || workflows.length === 0) return {};
  const result = eitherMember(workflows.map((workflow) => workflow.result));
  const error = eitherMember(workflows.map((workflow) => workflow.error));
  return { members: { result, error } };
}

function narrowingsOf({ operation }: Route, workflows: readonly WorkflowTypes[]): readonly Narrowing[] {
  switch (operation.typedBy) {
    case "workflow":
      return workflows.map(({ name, description, input, result, error }) => ({
        suffix: name,
        summary: `${operation.summary} of ${name}`,
        description,
        fixed: { type: name },
        input,
        members: { type: literal(name), result, error },
      }));
    case "signal":
      return byMessage(operation, workflows, ({ signals }) => signals);
    case "query":
      return byMessage(operation, workflows, ({ queries }) => queries);
    case "update":
      return byMessage(operation, workflows, ({ updates }) => updates);
    default:
      return [];
  }
}

function byMessage(
  { summary, typedBy }: Route["operation"],
  workflows: readonly WorkflowTypes[],
  messagesOf: (workflow: WorkflowTypes) => WorkflowTypes["signals"],
): readonly Narrowing[] {
  const names = new Set(workflows.flatMap((workflow) => Object.keys(messagesOf(workflow))));
  return [...names].map((name) => {
    const having = workflows.filter((workflow) => Object.hasOwn(messagesOf(workflow), name));
    const all = having.map((workflow) => messagesOf(workflow)[name]).filter((each) => each !== undefined);
    const { input, result, error }: MessageTypes = eitherOf(all);
    return {
      suffix: name,
      summary: `${summary}: ${name}`,
      description: `Of runs of ${having.map((workflow) => `\`${workflow.name}\``).join(", ")}.`,
      fixed: { name },
      input,
      members: { ...(typedBy && { [typedBy]: literal(name) }), ...(result && { result }), ...(error && { error }) },
    };
  });
}

function literal(value: string): Member {
  return { schema: { type: "string", const: value }, isRequired: true };
}
