/**
 * The server as one tenant sees it. Every id that is sent gets the tenant's prefix and every id that comes back loses it,
 * in this one place, so that nothing above can forget to; another tenant's run is asked for under an id that nobody has,
 * which takes the same calls as any id that nobody has. Payloads are bytes here, and stay as they are.
 */
import type { ConnectionLike } from "@temporalio/client";
import { tenantMemo, tenantPrefix } from "../core/tenant.ts";
import { encode } from "./payloads.ts";
import { quote } from "./visibility-query.ts";

type Service = ConnectionLike["workflowService"];
type Message = Readonly<Record<string, unknown>>;

export function serviceOfTenant(service: Service, tenant: string): Service {
  const prefix = tenantPrefix(tenant);
  return new Proxy(service, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== "function" || typeof name !== "string") return method;
      return async (request: Message) => {
        const scoped = sent(request, tenant) as Message;
        const id = listedBy(name);
        const query = id ? { query: ownOnly(request["query"], { id, prefix }) } : {};
        const answer = await (method.call(target, { ...scoped, ...query }) as Promise<unknown>);
        return received(id ? withOwnOnly(answer as Page, prefix) : answer, prefix);
      };
    },
  });
}

/** What the ids of a list or count are called in a query; `undefined` of another call. */
function listedBy(name: string): "WorkflowId" | "ScheduleId" | undefined {
  if (/^(list|listOpen|listClosed|listArchived|scan|count)WorkflowExecutions$/.test(name)) return "WorkflowId";
  return /^(list|count)Schedules$/.test(name) ? "ScheduleId" : undefined;
}

/** The query, for what is this tenant's only; what it says after its conditions stays at its end. */
function ownOnly(query: unknown, { id, prefix }: { readonly id: string; readonly prefix: string }): string {
  const text = typeof query === "string" ? query : "";
  const [grouping = ""] = / ?\bGROUP BY \w+$/.exec(text) ?? [];
  const conditions = text.slice(0, text.length - grouping.length);
  const own = `${id} STARTS_WITH ${quote(prefix)}`;
  return `${conditions === "" ? own : `(${conditions}) AND ${own}`}${grouping}`;
}

interface Page {
  executions?: readonly { readonly execution?: { readonly workflowId?: string | null } | null }[];
  schedules?: readonly { readonly scheduleId?: string | null }[];
}

/** SQLite compares without case: "ACME:1", which no tenant can have started, begins with "acme:" for it. */
function withOwnOnly(page: Page, prefix: string): Page {
  if (page.executions)
    page.executions = page.executions.filter((each) => each.execution?.workflowId?.startsWith(prefix));
  if (page.schedules) page.schedules = page.schedules.filter((each) => each.scheduleId?.startsWith(prefix));
  return page;
}

/** A request under the tenant's ids; what starts a run says in its memo whose it is, for its children to inherit. */
function sent(value: unknown, tenant: string): unknown {
  if (Array.isArray(value)) return value.map((item) => sent(item, tenant));
  if (!isPlain(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    isId(name) && typeof member === "string" ? tenantPrefix(tenant) + member : sent(member, tenant),
  ]);
  const message = Object.fromEntries(members) as Message;
  if (!("workflowId" in message && "workflowType" in message)) return message;
  const { fields } = (message["memo"] ?? {}) as { readonly fields?: object };
  return { ...message, memo: { fields: { ...fields, [tenantMemo]: encode(tenant) } } };
}

/** An answer of the server is nobody else's, so it is changed as it is: a history may be large. */
function received(value: unknown, prefix: string): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  for (const [name, member] of Object.entries(value)) {
    if (isId(name) && typeof member === "string" && member.startsWith(prefix)) {
      (value as Record<string, unknown>)[name] = member.slice(prefix.length);
    } else {
      received(member, prefix);
    }
  }
  return value;
}

function isId(name: string): boolean {
  return name === "workflowId" || name === "scheduleId";
}

/** Bytes and 64-bit numbers are objects too, and have no ids in them. */
function isPlain(value: unknown): value is Message {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
