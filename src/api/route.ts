import { type App, issuesOf } from "tenuto";
import type { z } from "zod";
import type { Context, Reply } from "./context.ts";
import type { ProblemCode } from "./problems.ts";
import { RequestRefused } from "./request-refused.ts";

/** Who may call a route; each may do what those before it may. */
export type Role = "public" | "viewer" | "operator" | "admin";

/** A request as it came. */
export interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

/** What a route answers with one status. */
export interface Answer {
  readonly description: string;
  /** Of the body; an answer without one has none. */
  readonly schema?: z.ZodType;
  /** @default "application/json" */
  readonly contentType?: string;
  /** What the answer always has besides the headers of all answers. */
  readonly headers?: readonly ("Location" | "Preference-Applied" | "Retry-After")[];
}

/** What the OpenAPI document says about a route; it is made from this, so a route without it does not compile. */
export interface Operation {
  /** Unique; clients that are generated name their function so. */
  readonly operationId: string;
  /** A line, in the third person, without a full stop. */
  readonly summary: string;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes of problems, without those that its role, its body and its parameters make possible anyway. */
  readonly problems: readonly ProblemCode[];
  /**
   * What a client can know the types of: the document then has the route once more for each, or, by `outcome`, answers
   * typed by all workflows of the app.
   */
  readonly typedBy?: "workflow" | "signal" | "query" | "update" | "outcome";
}

/** What a request consists of. */
export interface RequestSchemas {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly headers?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
}

/** What the audit says of a call; nothing of what it carries. */
export interface AuditedCall {
  readonly target: Readonly<Record<string, string>>;
  readonly reason?: string | undefined;
  /** Whether the history of a run has who did it, so that the audit needs only what was refused. @default false */
  readonly isOnlyRefusals?: boolean;
}

/** A request that fits its route. */
export interface CheckedCall {
  /** Absent for a call that does nothing an operator has to answer for. */
  readonly audited?: AuditedCall | undefined;
  /** Who may have the same answer, if it may be shared. */
  readonly sharedWith?: "tenant" | "principal" | undefined;
  handle(context: Context): Promise<Reply>;
}

/** One row of the table of routes. */
export interface Route {
  readonly method: "get" | "post" | "put" | "delete";
  readonly path: string;
  readonly role: Role;
  readonly hasBody: boolean;
  /** Whether its body is taken as the bytes that came: its sender has signed those, and needs no role. @default false */
  readonly isSigned?: boolean | undefined;
  /** @default 2 MB */
  readonly maxBodyBytes?: number | undefined;
  /** Of a POST that only asks: no page can do harm with it, so that a session needs no CSRF token. @default false */
  readonly changesNothing?: boolean | undefined;
  readonly operation: Operation;
  readonly schemas: RequestSchemas;
  /** Whether it is a way to steer: what is done by it, and who is refused it, goes into the audit. */
  readonly isAudited: boolean;
  /**
   * Checks a request to the API of an app.
   *
   * @throws {@link RequestRefused} with a pointer to what does not fit: 400, or 422 for the body.
   */
  check(request: RawRequest, app: App): CheckedCall;
}

interface RequestOf<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Headers extends z.ZodType,
> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  readonly headers: z.output<Headers>;
}

interface RouteDefinition<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Headers extends z.ZodType,
> extends Operation {
  readonly method: "get" | "post" | "put" | "delete";
  readonly path: string;
  readonly role: Role;
  readonly maxBodyBytes?: number;
  readonly changesNothing?: boolean;
  readonly isSigned?: boolean;
  readonly params: Params;
  readonly query: Query;
  readonly body?: Body;
  readonly headers?: Headers;
  /**
   * What the audit says of a call's target besides its path and `runId`; `undefined` keeps the call out of it.
   *
   * @default nothing besides; a `GET`, and what viewers may do, is not in the audit
   */
  readonly audit?: (
    request: RequestOf<Params, Query, Body, Headers>,
  ) => Readonly<Record<string, string | undefined>> | undefined;
  /** Whether the history of a run has who did it: the audit then has only what was refused. @default never */
  readonly isRecorded?: (request: RequestOf<Params, Query, Body, Headers>, app: App) => boolean;
  /** Who may have the same answer as somebody who takes one that is not new (`Cache-Control: max-age`). @default nobody */
  readonly sharedWith?: (request: RequestOf<Params, Query, Body, Headers>) => "tenant" | "principal";
  readonly handler: (request: RequestOf<Params, Query, Body, Headers>, context: Context) => Promise<Reply> | Reply;
}

/** A route whose handler is typed by its schemas. */
export function route<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType = z.ZodUndefined,
  Headers extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<Params, Query, Body, Headers>): Route {
  const { method, path, role, maxBodyBytes, changesNothing = false, isSigned = false, ...rest } = definition;
  const { params, query, body, headers, audit, isRecorded, sharedWith, handler, ...operation } = rest;
  const isSteering = method !== "get" && !changesNothing && (role === "operator" || role === "admin");
  const isAudited = audit !== undefined || isSteering;
  return {
    method,
    path,
    role,
    hasBody: body !== undefined,
    maxBodyBytes,
    changesNothing,
    isSigned,
    operation,
    schemas: { params, query, headers, body },
    isAudited,
    check(raw, app) {
      const request = {
        params: check(params, raw.params, "/path"),
        query: check(query, raw.query, "/query"),
        headers: (headers && check(headers, raw.headers, "/headers")) as z.output<Headers>,
        body: (body && check(body, raw.body, "")) as z.output<Body>,
      };
      const more = audit ? audit(request) : {};
      const isOnlyRefusals = isRecorded?.(request, app) === true;
      return {
        audited: isAudited && more ? { ...auditedCall(request, more), isOnlyRefusals } : undefined,
        sharedWith: sharedWith?.(request),
        handle: async (context) => handler(request, context),
      };
    },
  };
}

function auditedCall(
  { params, query, body }: Readonly<Record<"params" | "query" | "body", unknown>>,
  more: Readonly<Record<string, unknown>>,
): AuditedCall {
  const { runId } = (query ?? {}) as { readonly runId?: unknown };
  const { reason } = (body ?? {}) as { readonly reason?: unknown };
  return { target: targetOf({ ...(params as object), runId, ...more }), ...(typeof reason === "string" && { reason }) };
}

/** Longer than any id that can be one. */
const longestName = 1_000;

/** The names that say what a call is about. */
export function targetOf(names: Readonly<Record<string, unknown>>): AuditedCall["target"] {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value.slice(0, longestName)]] : [],
    ),
  );
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, place);
  if (place === "") {
    throw new RequestRefused("INVALID_BODY", {
      detail: "The body is JSON, but not what this operation takes. See `errors`.",
      issues,
    });
  }
  throw new RequestRefused("INVALID_REQUEST", { detail: "The request can't be used as it is. See `errors`.", issues });
}
