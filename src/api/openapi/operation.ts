import { STATUS_CODES } from "node:http";
import { Problem } from "../answers.ts";
import { type ProblemCode, retryable, statusOf } from "../problems.ts";
import type { Answer, Route } from "../route.ts";
import { type Components, type Member, withMembers } from "./components.ts";
import { type JsonSchema, toJsonSchema } from "./json-schema.ts";
import type { SentMember } from "./workflow-schemas.ts";

/** How an operation is narrowed to one workflow, or one message. */
export interface Narrowing {
  /** What the name of the operation ends with. */
  readonly suffix?: string;
  readonly summary?: string;
  readonly description?: string;
  /** Values of path parameters; they are in the path then. */
  readonly fixed?: Readonly<Record<string, string>>;
  readonly input?: SentMember;
  /** Members of the answers that are known better. */
  readonly members?: Readonly<Record<string, Member>>;
}

/** One route, or one narrowed case of it, as an operation of OpenAPI. */
export function operationOf(route: Route, components: Components, narrowing: Narrowing = {}): object {
  const { operationId, summary } = route.operation;
  return {
    operationId: narrowing.suffix === undefined ? operationId : `${operationId}_${narrowing.suffix}`,
    summary: narrowing.summary ?? summary,
    ...(narrowing.description && { description: narrowing.description }),
    tags: [tagOf(route.path)],
    "x-tenuto-role": route.role,
    ...(route.role !== "public" && { security: [{ apiKey: [] }] }),
    parameters: parametersOf(route, narrowing.fixed ?? {}),
    ...(route.schemas.body && { requestBody: bodyOf(route.schemas.body, components, narrowing.input) }),
    responses: { ...answersOf(route, components, narrowing.members), ...problemsOf(route, components) },
  };
}

/** Tags of the document, in the order in which it shows them. */
export const tags = {
  Workflows: "What can be started, and starting it",
  Runs: "What became of a run; telling it, asking it, steering it",
  "Dead letters": "Failures that nobody has dealt with",
  Tasks: "Questions that runs put to people",
  Audit: "What operators did",
  Service: "Whether the service can do its work",
} as const;

function tagOf(path: string): keyof typeof tags {
  if (path.startsWith("/v1/workflow-types")) return "Workflows";
  if (path.startsWith("/v1/runs")) return "Runs";
  if (/^\/v1\/tasks?\b/.test(path)) return "Tasks";
  if (path.startsWith("/v1/audit")) return "Audit";
  return path.startsWith("/v1/dead-letters") ? "Dead letters" : "Service";
}

function parametersOf({ schemas }: Route, fixed: Readonly<Record<string, string>>): readonly object[] {
  const of = (place: "path" | "query" | "header", schema: Route["schemas"]["params"] | undefined) => {
    const { properties = {}, required = [] } = schema ? toJsonSchema(schema, "input").schema : {};
    return Object.entries(properties).map(([name, property]) => {
      const { description, ...rest } = property as JsonSchema;
      return {
        name: place === "header" ? headerName(name) : name,
        in: place,
        required: place === "path" || required.includes(name),
        ...(description !== undefined && { description }),
        schema: place === "path" ? { minLength: 1, ...rest } : rest,
      };
    });
  };
  const inPath = of("path", schemas.params).filter(({ name }) => !(name in fixed));
  return [...inPath, ...of("query", schemas.query), ...of("header", schemas.headers)];
}

/** As people write it: `Idempotency-Key`. */
function headerName(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function bodyOf(body: NonNullable<Route["schemas"]["body"]>, components: Components, input?: SentMember): object {
  const general = components.add(body, "input");
  const schema = input ? withMembers(general, { input }) : general;
  const example = input?.example !== undefined && { example: { input: input.example } };
  return { required: true, content: { "application/json": { schema, ...example } } };
}

function answersOf({ operation }: Route, components: Components, members: Narrowing["members"]): object {
  const answer = ({ description, schema, contentType = "application/json", headers = [] }: Answer) => {
    const general = schema && components.add(schema, "output");
    const content = general && { [contentType]: { schema: members ? withMembers(general, members) : general } };
    return { description, headers: headersOf(["X-Request-Id", ...headers]), ...(content && { content }) };
  };
  return Object.fromEntries(Object.entries(operation.answers).map(([status, each]) => [status, answer(each)]));
}

function headersOf(names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The headers that answers have. */
export const headers = {
  "X-Request-Id": {
    description: "The caller's, or one that is made; logs and problems have it",
    schema: { type: "string" },
  },
  Location: { description: "Where to ask", schema: { type: "string" } },
  "Retry-After": { description: "Seconds to wait before asking again", schema: { type: "integer", minimum: 0 } },
  "Preference-Applied": { description: "The wait that was taken", schema: { type: "string" } },
} as const;

function problemsOf(route: Route, components: Components): object {
  const problem = components.add(Problem, "output");
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...new Set(codesOf(route))].toSorted()) {
    byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  }
  const responses = [...byStatus].map(([status, codes]) => {
    const isRetryable = codes.some((code) => retryable.has(code));
    const schema = { allOf: [problem, { properties: { code: { type: "string", enum: codes } }, required: ["code"] }] };
    const response = {
      description: STATUS_CODES[status] ?? "Error",
      headers: { ...headersOf(["X-Request-Id"]), ...(isRetryable && retryAfterOf(status)) },
      content: { "application/problem+json": { schema } },
    };
    return [status, components.defineResponse(["Problem", ...codes].join("."), response)] as const;
  });
  return Object.fromEntries(responses);
}

/** A conflict may pass, or not; what is overloaded or away always says when to ask again. */
function retryAfterOf(status: number): object {
  return status === 409
    ? { "Retry-After": { ...headers["Retry-After"], required: false } }
    : headersOf(["Retry-After"]);
}

/** What any request may meet, then what one with a body may, then what is the route's own. */
function codesOf({ path, role, operation, hasBody }: Route): readonly ProblemCode[] {
  return [
    ...(["BAD_REQUEST", "HEADERS_TOO_LARGE", "INTERNAL", "INVALID_REQUEST"] as const),
    ...(["MALFORMED_URL", "REQUEST_TIMEOUT"] as const),
    // A part of the path that is empty or a dot leads elsewhere.
    ...(role === "public" ? [] : ofGuard),
    ...(path.includes(":") ? (["NOT_FOUND"] as const) : []),
    ...(hasBody ? ofBody : []),
    ...operation.problems,
  ];
}

const ofGuard = [
  ...["UNAUTHENTICATED", "FORBIDDEN", "CSRF_TOKEN_MISSING", "TOO_MANY_REQUESTS", "ISSUER_UNAVAILABLE"],
] as const satisfies ProblemCode[];

const ofBody = [
  ...["BODY_TOO_LARGE", "INVALID_BODY", "NOT_JSON", "NOT_UTF8", "TOO_DEEP", "UNSUPPORTED_MEDIA_TYPE"],
] as const satisfies ProblemCode[];
