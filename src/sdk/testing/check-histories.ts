// Replays recorded histories on the code of today, and compares the idempotency key of each recorded step with the one
// that the replay computes. Temporal compares types and order of steps, but not their inputs: a changed input would
// give a step that is retried, or undone, another key than the one its effect was made under.
import { defaultPayloadConverter } from "@temporalio/common";
import { historyFromJSON } from "@temporalio/common/lib/proto-utils.js";
import type { temporal } from "@temporalio/proto";
import { type ReplayWorkerOptions, Worker, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import type { Encryption } from "../client/index.ts";
import { idempotencyKeyHeader } from "../core/step-failure.ts";
import { bundleForTests } from "./bundle-for-tests.ts";
import { HistoriesDiffer } from "./errors/histories-differ.ts";
import type { ScheduledStep } from "./step-keys.ts";

/** A history, and where it happened: idempotency keys are made from it. */
export interface RecordedHistory {
  readonly namespace: string;
  readonly workflowId: string;
  /** As `fetchHistory` of Temporal's client gives it, or its JSON. */
  readonly history: temporal.api.history.v1.IHistory | HistoryJson;
}

/** A history in Temporal's JSON, as {@link historyFixture} writes it. */
export interface HistoryJson {
  readonly events: readonly { readonly eventId: string }[];
}

/** Which code to replay on. */
export interface CheckOptions {
  /** The one file that exports the workflow functions, or what {@link bundleForTests} made of it. */
  readonly workflows: URL | string | WorkflowBundleWithSourceMap;
  /** What the payloads of the histories are encrypted with. @default they are in clear */
  readonly encryption?: Encryption | undefined;
}

/**
 * Replays histories on the workflow code, and compares the idempotency key of each recorded step with the recomputed one.
 *
 * @returns how many were replayed.
 * @throws {@link HistoriesDiffer} with each run, and each step, that today's code would do otherwise.
 * @example
 * ```ts
 * const recorded = JSON.parse(await readFile("test/histories/ok.json", "utf8"));
 * await checkHistories({ workflows: new URL("../src/workflows/index.ts", import.meta.url) }, [recorded]);
 * ```
 */
export async function checkHistories(
  { workflows, encryption }: CheckOptions,
  histories: Iterable<RecordedHistory>,
): Promise<number> {
  const isBundled = typeof workflows === "object" && "code" in workflows;
  const workflowBundle = isBundled ? workflows : await bundleForTests(workflows);
  const problems: string[] = [];
  let replayed = 0;
  for (const [namespace, recorded] of byNamespace(histories)) {
    for await (const found of replay({ workflowBundle, namespace, encryption }, recorded)) {
      problems.push(...found);
      replayed += 1;
    }
  }
  if (problems.length > 0) throw new HistoriesDiffer(problems);
  return replayed;
}

interface Place {
  readonly workflowBundle: WorkflowBundleWithSourceMap;
  readonly namespace: string;
  readonly encryption: Encryption | undefined;
}

async function* replay(
  { workflowBundle, namespace, encryption }: Place,
  recorded: readonly DecodedHistory[],
): AsyncGenerator<readonly string[]> {
  let scheduled: ScheduledStep[] = [];
  const scheduledSink = {
    fn: (_info: unknown, step: ScheduledStep) => void scheduled.push(step),
    callDuringReplay: true,
  };
  // The replay worker hands its namespace to workflow code, although its type does not say so.
  const options: ReplayWorkerOptions & { readonly namespace: string } = {
    workflowBundle,
    namespace,
    // What goes wrong is told to who runs the tests, and recorded nowhere.
    ...(encryption && { dataConverter: { payloadCodecs: [encryption.codec] } }),
    // Of a run's last workflow task there is more to tell than keys; Temporal would log that nobody takes it.
    sinks: {
      tenutoStepKeys: { scheduled: scheduledSink },
      tenutoSteps: { ended: { fn: () => undefined } },
      tenutoTrace: { span: { fn: () => undefined } },
    },
  };
  let index = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories(options, recorded)) {
    const run = `Run "${workflowId}" of namespace "${namespace}"`;
    const differences = keyDifferences(recorded[index]?.history.events ?? [], scheduled);
    yield [
      ...(error ? [`${run} does not replay: ${error.message}`] : []),
      ...differences.map((difference) => `${run}: ${difference}`),
    ];
    scheduled = [];
    index += 1;
  }
}

/** What is told of each recorded step whose key the code of today makes differently. */
function keyDifferences(
  events: readonly temporal.api.history.v1.IHistoryEvent[],
  scheduled: readonly ScheduledStep[],
): readonly string[] {
  const now = new Map(scheduled.map((step) => [step.activityId, step]));
  return events.flatMap(({ eventId, activityTaskScheduledEventAttributes: step }) => {
    const header = step?.header?.fields?.[idempotencyKeyHeader];
    const recomputed = now.get(step?.activityId ?? "");
    if (!header || !recomputed) return [];
    const recorded = defaultPayloadConverter.fromPayload<string>(header);
    if (recomputed.key === recorded) return [];
    return [
      `the step "${step?.activityType?.name ?? ""}" (event ${String(eventId)}) has the idempotency key ` +
        `${JSON.stringify(recorded)}, but today's code gives ${stepNow(recomputed, step?.activityType?.name)}. ` +
        "Its input changed: keep the old input for running workflows behind a patch, or give the old key as `{ key }`.",
    ];
  });
}

function stepNow({ activityType, key }: ScheduledStep, recordedType: string | null | undefined): string {
  const other = activityType === recordedType ? "" : `the step "${activityType}" with `;
  return `${other}${key === undefined ? "none" : JSON.stringify(key)}`;
}

interface DecodedHistory {
  readonly workflowId: string;
  readonly history: temporal.api.history.v1.IHistory;
}

function byNamespace(histories: Iterable<RecordedHistory>): ReadonlyMap<string, DecodedHistory[]> {
  const groups = new Map<string, DecodedHistory[]>();
  for (const { namespace, workflowId, history } of histories) {
    const group = groups.get(namespace) ?? [];
    groups.set(namespace, group);
    group.push({ workflowId, history: isJson(history) ? historyFromJSON(history) : history });
  }
  return groups;
}

function isJson(history: RecordedHistory["history"]): history is HistoryJson {
  return typeof history.events?.[0]?.eventId === "string";
}
