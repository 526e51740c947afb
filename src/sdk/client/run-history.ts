import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import type { temporal as api } from "@temporalio/proto";
import { withoutSecrets } from "../core/redacted.ts";
import { executionOf } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { type Reading, withValues } from "./recorded-values.ts";
import type { Temporal } from "./temporal.ts";

/** One event of a history, in Temporal's JSON, with payloads as the values they hold. */
export interface HistoryEvent {
  readonly eventId: string;
  /** RFC 3339. */
  readonly eventTime: string;
  /** Such as `EVENT_TYPE_WORKFLOW_EXECUTION_STARTED`. */
  readonly eventType: string;
  readonly [attributes: string]: unknown;
}

/** A history has up to 50,000 events; a page of it comes in a fraction of a second. */
const wholeHistoryMs = 30_000;

/** @throws what {@link TenutoClient.history} throws. */
export async function fetchHistory(
  temporal: Temporal,
  run: RunReference,
  { redact = [] }: { readonly redact?: readonly string[] } = {},
): Promise<readonly HistoryEvent[]> {
  return decodedEvents(await fetchEvents(temporal, run), { redact, secrets: new Set() });
}

/** The events of a run as Temporal has them. */
export async function fetchEvents(temporal: Temporal, run: RunReference): Promise<api.api.history.v1.IHistoryEvent[]> {
  const events: api.api.history.v1.IHistoryEvent[] = [];
  const deadline = temporal.deadline(wholeHistoryMs);
  let nextPageToken: Uint8Array | undefined;
  const execution = executionOf(run);
  do {
    const token = nextPageToken;
    const request = { namespace: temporal.namespace, execution, ...(token && { nextPageToken: token }) };
    // A page has the deadline of any call: only a long history may take longer.
    const page = await temporal.call((service) => service.getWorkflowExecutionHistory(request), {
      run,
      deadline: Math.min(deadline, temporal.deadline()),
    });
    events.push(...(page.history?.events ?? []));
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return events;
}

/** How a run was started, by the first event of its history. */
export async function fetchStart(
  temporal: Temporal,
  run: RunReference,
): Promise<api.api.history.v1.IWorkflowExecutionStartedEventAttributes> {
  const request = { namespace: temporal.namespace, execution: executionOf(run), maximumPageSize: 1 };
  const { history } = await temporal.call((service) => service.getWorkflowExecutionHistory(request), { run });
  return history?.events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
}

/** Events with their payloads as values, without what `reading` has met of secrets, in these or in earlier events. */
export function decodedEvents(events: api.api.history.v1.IHistoryEvent[], reading: Reading): readonly HistoryEvent[] {
  const { events: json } = JSON.parse(historyToJSON({ events })) as { readonly events?: readonly unknown[] };
  const decoded = withValues(json ?? [], reading);
  const secrets = [...reading.secrets];
  return (secrets.length > 0 ? withClearTexts(decoded, secrets) : decoded) as readonly HistoryEvent[];
}

/** The same JSON without secrets in what people wrote: messages of failures, with their stacks, and reasons. */
function withClearTexts(json: unknown, secrets: readonly string[]): unknown {
  if (Array.isArray(json)) return json.map((item) => withClearTexts(item, secrets));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, member]) => {
      const isText = typeof member === "string" && texts.has(name);
      return [name, isText ? withoutSecrets(member, secrets) : withClearTexts(member, secrets)];
    }),
  );
}

const texts: ReadonlySet<string> = new Set(["message", "stackTrace", "reason", "cause"]);
