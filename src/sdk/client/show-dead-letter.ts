// A dead letter with all that is known about it. A parked run tells by its history, another letter by its record.
import type { DeadLetterRecord, ErrorChain } from "../core/dead-letter.ts";
import { facetMark } from "../core/dead-letter-marks.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { secretsIn, withoutSecrets } from "../core/redacted.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { type Compensation, type DeadLetter, type DeadLetterDetails, letterOf, recordIn } from "./dead-letter.ts";
import { describeRaw, type RawDescription } from "./describe-raw.ts";
import { locateDeadLetter } from "./find-dead-letter.ts";
import { inputOfLetter } from "./letter-input.ts";
import { shownInput } from "./shown-input.ts";
import { listPage } from "./list-runs.ts";
import { decode } from "./payloads.ts";
import { withPending } from "./pending-delivery.ts";
import { recordedRun } from "./recorded-run.ts";
import { fetchEvents } from "./run-history.ts";
import { type LinkBase, linksOf } from "./run-summary.ts";
import { waitingIn } from "./run-waiting.ts";
import type { Temporal } from "./temporal.ts";
import { quote } from "./visibility-query.ts";

interface Showing {
  readonly links: LinkBase;
  /** The names of fields that are never shown. */
  readonly redact: readonly string[];
}

/** @throws what {@link TenutoClient.deadLetter} throws. */
export async function showDeadLetter(
  temporal: Temporal,
  id: string,
  { links, redact }: Showing,
): Promise<DeadLetterDetails> {
  const { letter, workflowId } = await locateDeadLetter(temporal, id);
  const facts =
    letter.kind === "parked" ? await parkedFacts(temporal, letter) : await recordFacts(temporal, workflowId);
  const { input, ...rest } = facts;
  const details = {
    ...letter,
    ...rest,
    ...(input !== undefined && { input: shownInput(input, letter.event, redact) }),
    siblings: await siblingsOf(temporal, letter),
    links: linksOf(letter, links),
  };
  return withClearErrors(details, secretsIn(input, redact));
}

type Facts = Omit<DeadLetterDetails, keyof DeadLetter | "siblings" | "links">;

/** What the history of a parked run tells, as far as it has come. */
async function parkedFacts(temporal: Temporal, { workflowId, runId, step, error }: DeadLetter): Promise<Facts> {
  const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId, runId });
  const { incidents, notes = [] } = waitingIn(info);
  const run = recordedRun(await fetchEvents(temporal, { workflowId, runId }));
  const key = incidents.find((incident) => incident.step === step)?.key;
  const failed = run.activities.filter((activity) => activity.type === step && activity.key === key);
  const identity = failed.at(-1)?.identity ?? run.identity;
  return {
    input: decode(run.input),
    failure: error,
    attempts: failed.flatMap(({ attempts }) => attempts),
    ...(identity && { workerIdentity: identity }),
    ...(run.buildId !== undefined && { buildId: run.buildId }),
    ...(run.parent && { parentWorkflowId: run.parent.workflowId.slice(temporal.idPrefix.length) }),
    compensation: run.activities.some(({ isUndo }) => isUndo) ? "interrupted" : "none",
    notes,
    redrives: [],
  };
}

async function recordFacts(temporal: Temporal, workflowId: string): Promise<Facts> {
  const described = await describeRaw(temporal, { workflowId });
  const { workflowExecutionInfo: info } = described;
  const record = info && recordIn(info);
  if (!record) throw new RunNotFound({ workflowId });
  const { failure, attempts = [], parentWorkflowId, notes, error } = record;
  const { workerIdentity, buildId, closedAt, resettableUntil, inputTruncated } = record;
  return {
    input: await inputOfLetter(temporal, record, workflowId),
    ...(inputTruncated && { inputTruncated }),
    failure: failure ?? error,
    attempts,
    ...(workerIdentity !== undefined && { workerIdentity }),
    ...(buildId !== undefined && { buildId }),
    ...(parentWorkflowId !== undefined && { parentWorkflowId: parentWorkflowId.slice(temporal.idPrefix.length) }),
    compensation: compensationOf(record),
    ...(closedAt !== undefined && { closedAt }),
    ...(resettableUntil !== undefined && { resettableUntil }),
    notes,
    redrives: shownRedrives(temporal, record, described),
  };
}

/** Of an event that is redriven, the last one says what it waits for. */
function shownRedrives(
  { idPrefix }: Temporal,
  record: DeadLetterRecord,
  described: RawDescription,
): DeadLetterDetails["redrives"] {
  const { redrives, status, event } = record;
  const known = redrives.map(({ newWorkflowId, ...redrive }) => ({
    ...redrive,
    ...(newWorkflowId !== undefined && { newWorkflowId: newWorkflowId.slice(idPrefix.length) }),
  }));
  return event && status === "redriving" ? withPending(known, event, described) : known;
}

function compensationOf({ kind, undone }: DeadLetterRecord): Compensation {
  if (kind === "partial") return "partial";
  if (!undone) return "none";
  return kind === "failed" ? "complete" : "interrupted";
}

const listedSiblings = 20;

/** The other open letters of the same pattern. */
async function siblingsOf(temporal: Temporal, { id, fingerprint }: DeadLetter): Promise<DeadLetterDetails["siblings"]> {
  const query = `${marksAttribute} = ${quote(facetMark("fingerprint", fingerprint))} AND ExecutionStatus = 'Running'`;
  const { namespace } = temporal;
  const [{ infos }, { count }] = await Promise.all([
    listPage(temporal, { query, limit: listedSiblings + 1 }),
    temporal.call((service) => service.countWorkflowExecutions({ namespace, query })),
  ]);
  const ids = infos.flatMap((info) => letterOf(temporal, info)?.id ?? []);
  const others = ids.filter((each) => each !== id);
  const isCounted = others.length < ids.length;
  return { count: Math.max(Number(count) - (isCounted ? 1 : 0), others.length), ids: others.slice(0, listedSiblings) };
}

function withClearErrors(details: DeadLetterDetails, secrets: readonly string[]): DeadLetterDetails {
  if (secrets.length === 0) return details;
  const clear = ({ type, message, cause }: ErrorChain): ErrorChain => ({
    type,
    message: withoutSecrets(message, secrets),
    ...(cause && { cause: clear(cause) }),
  });
  return {
    ...details,
    error: clear(details.error),
    failure: clear(details.failure),
    attempts: details.attempts.map(({ error, ...attempt }) => ({ ...attempt, ...(error && { error: clear(error) }) })),
    ...(details.openEffects && {
      openEffects: details.openEffects.map((effect) => ({ ...effect, error: clear(effect.error) })),
    }),
  };
}
