import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import type { temporal as api } from "@temporalio/proto";
import { redacted, secretsIn, withoutSecrets } from "../core/redacted.ts";
import { executionOf } from "./describe-run.ts";
import type { RunReference } from "./grpc-errors.ts";
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
  const { events: json } = JSON.parse(historyToJSON({ events })) as { readonly events?: readonly unknown[] };
  const reading: Reading = { redact, secrets: new Set() };
  const decoded = withValues(json ?? [], reading);
  const secrets = [...reading.secrets];
  return (secrets.length > 0 ? withClearTexts(decoded, secrets) : decoded) as readonly HistoryEvent[];
}

interface Reading {
  readonly redact: readonly string[];
  /** What the redacted fields held: an author's message may have it too. */
  readonly secrets: Set<string>;
}

/** The same JSON with each payload replaced by its value; one that isn't JSON stays, with its encoding in clear. */
function withValues(json: unknown, reading: Reading): unknown {
  if (Array.isArray(json)) return json.map((item) => withValues(item, reading));
  if (typeof json !== "object" || json === null) return json;
  const encoding = encodingOf(json);
  if (encoding !== undefined) {
    const value = valueOf(json, encoding);
    for (const secret of secretsIn(value, reading.redact)) reading.secrets.add(secret);
    return redacted(value, reading.redact);
  }
  return Object.fromEntries(Object.entries(json).map(([name, member]) => [name, withValues(member, reading)]));
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

/** Only a payload has `metadata` with a base64 `encoding` in it. */
function encodingOf(json: object): string | undefined {
  if (!("metadata" in json) || typeof json.metadata !== "object" || json.metadata === null) return undefined;
  if (!("encoding" in json.metadata) || typeof json.metadata.encoding !== "string") return undefined;
  return fromBase64(json.metadata.encoding);
}

function valueOf(payload: object, encoding: string): unknown {
  const data = "data" in payload && typeof payload.data === "string" ? payload.data : "";
  if (encoding === "binary/null") return null;
  if (encoding === "json/plain") {
    try {
      return JSON.parse(fromBase64(data));
    } catch {
      // Somebody's client wrote it; shown as it is.
    }
  }
  return { encoding, data };
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}
