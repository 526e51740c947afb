import { type App, type CallSchemas, type MessageSchemas, redactedNames, type WorkflowContract } from "tenuto";
import type { z } from "zod";
import { RunError } from "../answers.ts";
import { anyOf, type Components, type Member, withMembers } from "./components.ts";
import { exampleOf, isTaken } from "./example.ts";
import type { JsonSchema } from "./json-schema.ts";

/** What a caller sends. */
export interface SentMember extends Member {
  /** `undefined` when there is none. */
  readonly example: unknown;
}

/** What a signal, a query or an update takes and answers. */
export interface MessageTypes {
  readonly input: SentMember;
  readonly result?: Member;
  readonly error?: Member;
}

/** What a workflow takes, answers and can be told; the schemas are references to components. */
export interface WorkflowTypes {
  readonly name: string;
  readonly description: string;
  readonly input: SentMember;
  readonly result: Member;
  readonly error: Member;
  readonly signals: Readonly<Record<string, MessageTypes>>;
  readonly queries: Readonly<Record<string, MessageTypes>>;
  readonly updates: Readonly<Record<string, MessageTypes>>;
}

/** Makes the contracts of an app components of a document: `WORKFLOW.Input`, `WORKFLOW.Signal.NAME` and so on. */
export function workflowSchemas(app: App, components: Components): readonly WorkflowTypes[] {
  const redact = redactedNames(app);
  return app.workflows.map((contract) => typesOf(contract, { components, redact }));
}

interface Place {
  readonly components: Components;
  readonly redact: readonly string[];
}

function typesOf(contract: WorkflowContract, place: Place): WorkflowTypes {
  const { name, description } = contract;
  const error = errorOf(contract, place);
  return {
    name,
    description,
    input: sent(contract.input, `${name}.Input`, place),
    result: shown(contract.output, `${name}.Result`, place),
    error,
    signals: messages(contract.signals, (schema, signal) => ({
      input: sent(schema, `${name}.Signal.${signal}`, place),
    })),
    queries: calls(contract.queries, `${name}.Query`, { ...place, redact: [] }),
    updates: calls(contract.updates, `${name}.Update`, place, error),
  };
}

function sent(schema: z.ZodType, name: string, { components }: Place): SentMember {
  const reference = components.addContract(name, schema, {
    io: "input",
    description: "Checked by the contract before it is sent on",
  });
  return { schema: reference, isRequired: !isTaken(schema, undefined), example: exampleOf(schema) };
}

function shown(schema: z.ZodType, name: string, { components, redact }: Place): Member {
  const description = "By the contract; what it redacts is replaced";
  const reference = components.addContract(name, schema, { io: "output", description, redact });
  // Code that has nothing to say returns nothing, also where its contract says null.
  return { schema: reference, isRequired: !isTaken(schema, undefined) && !isTaken(schema, null) };
}

/** The errors that a contract declares, and then any: a step, or a bug, may end a run, too. */
function errorOf({ name, errorSchemas }: WorkflowContract, place: Place): Member {
  const { components } = place;
  const any = components.add(RunError, "output");
  const general = components.schemas["RunError"] ?? {};
  const declared = Object.entries(errorSchemas).map(([type, data]) => {
    const { description: _any, ...error } = withMembers(general, {
      type: { schema: { type: "string", const: type }, isRequired: true },
      data: shown(data, `${name}.Error.${type}.Data`, place),
    });
    return components.define(`${name}.Error.${type}`, error);
  });
  if (declared.length === 0) return { schema: any, isRequired: true };
  return { schema: components.define(`${name}.Error`, anyOf([...declared, any])), isRequired: true };
}

function calls(schemas: CallSchemas, prefix: string, place: Place, error?: Member): WorkflowTypes["queries"] {
  return messages(schemas, ({ input, output }, name) => ({
    input: sent(input, `${prefix}.${name}.Input`, place),
    result: shown(output, `${prefix}.${name}.Result`, place),
    ...(error && { error }),
  }));
}

function messages<Schemas extends MessageSchemas | CallSchemas>(
  schemas: Schemas,
  typesOfMessage: (schema: Schemas[string], name: string) => MessageTypes,
): Readonly<Record<string, MessageTypes>> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, typesOfMessage(schema as Schemas[string], name)]),
  );
}

/** The types of a message that several workflows have under one name: any of theirs. */
export function eitherOf(all: readonly MessageTypes[]): MessageTypes {
  const members = (name: "result" | "error") =>
    all.map((types) => types[name]).filter((member) => member !== undefined);
  const [result, error] = [members("result"), members("error")];
  return {
    input: { ...eitherMember(all.map(({ input }) => input)), example: all[0]?.input.example },
    ...(result.length > 0 && { result: eitherMember(result) }),
    ...(error.length > 0 && { error: eitherMember(error) }),
  };
}

/** Any of some members. */
export function eitherMember(members: readonly Member[]): Member {
  const distinct = new Map<string, JsonSchema>(members.map(({ schema }) => [JSON.stringify(schema), schema]));
  return { schema: anyOf([...distinct.values()]), isRequired: members.every(({ isRequired }) => isRequired) };
}
