// From an event that could not be taken to its dead letter. Who brought the event acknowledges it only after this has answered;
// the letter's id is made of the event's, so one that comes again opens no second one. Error groups are told first: a process
// that ends in between brings the event again, and they count it once.
import { createHash } from "node:crypto";
import { type App, redactedNames } from "../core/define-app.ts";
import type { EventSource } from "../core/define-event-source.ts";
import type { BriefError, DeadLetterReport } from "../core/dead-letter.ts";
import { deadLetterWorkflowId, eventLetterIdOf } from "../core/dead-letter-id.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import type { LetterEvent } from "../core/letter-event.ts";
import { secretsIn, withoutSecrets } from "../core/redacted.ts";
import type { IncomingEvent } from "./deliver-event.ts";
import { openLetter } from "./open-dead-letter.ts";
import { cut } from "./recorded-run.ts";
import type { Reach } from "./run-target.ts";
import { seenInReport, tellErrorGroups } from "./tell-error-groups.ts";

/** An event that could not be taken, as far as it could be read, and why. */
export type RefusedEvent = { readonly error: BriefError } & (
  | {
      readonly event: IncomingEvent;
      /** The workflow id of the window that has refused it. @default it came to no window */
      readonly window?: string | undefined;
      /** As it was delivered: refused once more, it is another letter. */
      readonly again?: string | undefined;
    }
  | {
      /** What came. */
      readonly content: Uint8Array;
      readonly id?: string | undefined;
      readonly type?: string | undefined;
    }
);

/** A letter and its history are Temporal's: what is larger stays where it came from. */
const mostBytes = 512 * 1024;
/** They are in memos, which lists carry. */
const mostNameBytes = 4_000;

/** @throws what {@link TenutoClient.keepEvent} throws. */
export async function keepEvent(
  reach: Reach,
  source: Pick<EventSource, "name">,
  refused: RefusedEvent,
): Promise<string> {
  const { temporal } = reach;
  const { namespace, tenant } = temporal;
  const { input, ...what } = contentOf(refused);
  const event: LetterEvent = { app: reach.app.name, source: source.name, ...what };
  assertKept(source, event, input);
  const { app } = event;
  const identity = event.id ? { id: event.id, ...timesOf(refused) } : { digest: digestOf(refused, input) };
  const id = eventLetterIdOf({ namespace, tenant, app, source: source.name, event: identity });
  const error = clearError(reach.app, refused.error, input === undefined ? undefined : JSON.parse(input));
  const step = event.type ? findableName(event.type) : undefined;
  const report: DeadLetterReport = {
    kind: "poison",
    workflowId: temporal.idPrefix + deadLetterWorkflowId(id),
    runId: "",
    originalRunId: "",
    type: source.name,
    ...(step !== undefined && { step }),
    ...(tenant !== undefined && { tenant }),
    error,
    openEffects: [],
    undone: false,
    hadSaga: false,
    stepsDone: 0,
    fingerprint: fingerprintOfFailure({ type: source.name, step, error }),
    ...(input !== undefined && { input }),
    event,
    at: new Date().toISOString(),
  };
  const first = () => tellErrorGroups(temporal, [seenInReport(report, id)]);
  await openLetter(temporal, { id, report }, { first });
  return id;
}

function timesOf(refused: RefusedEvent): { readonly again?: string } {
  return "event" in refused && refused.again !== undefined ? { again: refused.again } : {};
}

type Content = Pick<LetterEvent, "content" | "id" | "type" | "window"> & {
  /** In JSON; `undefined` of an event without data. */
  readonly input: string | undefined;
};

function contentOf(refused: RefusedEvent): Content {
  if ("event" in refused) {
    const { id, type, data } = refused.event;
    const { window } = refused;
    return { content: "data", id, type, ...(window !== undefined && { window }), input: JSON.stringify(data) };
  }
  const { id, type, content } = refused;
  const names = { ...(id !== undefined && { id }), ...(type !== undefined && { type }) };
  const text = textOf(content);
  if (text === undefined)
    return { ...names, content: "base64", input: JSON.stringify(Buffer.from(content).toString("base64")) };
  if (isJson(text)) return { ...names, content: "json", input: text };
  return { ...names, content: "text", input: JSON.stringify(text) };
}

function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

/** How deep what is shown as JSON may be: what is deeper stays a text. */
const mostDepth = 64;

function isJson(text: string): boolean {
  try {
    let level: readonly unknown[] = [JSON.parse(text)];
    for (let depth = 0; level.length > 0 && depth <= mostDepth; depth++)
      level = level.flatMap((each) =>
        typeof each === "object" && each !== null ? (Object.values(each) as readonly unknown[]) : [],
      );
    return level.length === 0;
  } catch {
    return false;
  }
}

function assertKept({ name }: Pick<EventSource, "name">, { id = "", type = "" }: LetterEvent, input = ""): void {
  const what = `The event of source "${name}"`;
  const bytes = Buffer.byteLength(input);
  if (bytes > mostBytes) throw new PayloadTooLarge(what, { bytes, maxBytes: mostBytes });
  const ofNames = Buffer.byteLength(JSON.stringify([id, type]));
  if (ofNames > mostNameBytes) throw new PayloadTooLarge(what, { bytes: ofNames, maxBytes: mostNameBytes });
}

function digestOf(refused: RefusedEvent, input = ""): string {
  const bytes = "content" in refused ? refused.content : input;
  return createHash("sha256").update(bytes).digest("hex");
}

/** An error as a letter keeps it: it goes to places where nobody knows what contracts redact in the event. */
export function clearError(app: App, { type, message }: BriefError, data: unknown): BriefError {
  const secrets = secretsIn(data, redactedNames(app));
  return { type: cut(type, longestType), message: cut(withoutSecrets(message, secrets)) };
}

const longestType = 100;
const longestFindable = 200;

/** A name by which letters are found: marks are short, and databases take no control characters and no lone surrogates. */
function findableName(name: string): string {
  return name.slice(0, longestFindable).replace(/\p{C}|["\\?]/gu, "\ufffd");
}
