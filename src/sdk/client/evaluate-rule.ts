// What a rule finds at a moment.
import { alertDeliveryWorkflow } from "../core/alert.ts";
import type { AlertCondition, AlertRule } from "../core/alert-rule.ts";
import { concerns, linksToLetters } from "../core/alert-rules.ts";
import { deadLetterWorkflow, systemTaskQueue } from "../core/dead-letter.ts";
import { facetMark } from "../core/dead-letter-marks.ts";
import { marksAttribute } from "../core/run-mark.ts";
import type { Found } from "../core/watch.ts";
import { numberEvaluations } from "./evaluate-numbers.ts";
import type { Moment } from "./rule-moment.ts";
import { minutes, ofType } from "./rule-texts.ts";
import type { TaskQueue } from "./task-queues.ts";
import { canBeFound, quote } from "./visibility-query.ts";
import type { Bounded, WatchedFailure, Watching } from "./watched-letters.ts";

type ConditionOf<Kind extends AlertCondition["kind"]> = Extract<AlertCondition, { kind: Kind }>;
type Evaluate<Kind extends AlertCondition["kind"]> = (
  watching: Watching,
  condition: ConditionOf<Kind>,
  moment: Moment,
) => Promise<Bounded<Found>>;

/** What a rule finds now; nothing where error groups tell themselves. */
export async function evaluateRule(
  watching: Watching,
  { id, title, condition }: AlertRule,
  moment: Moment,
): Promise<Bounded<Found>> {
  if ("type" in condition && condition.type !== undefined && !canBeFound(condition.type)) return none;
  // A newer process may have put a rule of a kind that this one does not know.
  const evaluate = evaluations[condition.kind] as Evaluate<AlertCondition["kind"]> | undefined;
  if (!evaluate) return none;
  const { items, truncated } = await evaluate(watching, condition, moment);
  const named = items.map((each) => ({ ...each, subject: each.subject || id, title: each.title || title }));
  return { items: named, truncated };
}

const none: Bounded<Found> = { items: [], truncated: false };
const nothing = (): Promise<Bounded<Found>> => Promise.resolve(none);

function one(text: string): Bounded<Found> {
  return { items: [{ ...whole, text }], truncated: false };
}

/** Of what is about all of a rule, the subject and the title are the rule's. */
const whole = { subject: "", title: "" } as const;

/** What is said of failures that are alike. */
export const said = {
  stuckRun: { title: "Stuck", what: "The workflow task fails again and again" },
  undoParked: { title: "Undo parked", what: "The retries of an undo ran out, and it waits for a decision" },
  sagaPartial: { title: "Effects left", what: "The run is over, and an undo of it was given up" },
} as const;

const evaluations: { readonly [Kind in AlertCondition["kind"]]: Evaluate<Kind> } = {
  ...numberEvaluations,
  groupNew: nothing,
  groupRegressed: nothing,
  async failures(watching, { type, count, windowMs }, { nowMs }) {
    const since = new Date(nowMs - windowMs).toISOString();
    const letters = await countLetters(watching, { type, condition: `StartTime >= ${quote(since)}` });
    const failures = letters + (await parkedOf(watching, type)).filter((at) => at >= since).length;
    if (failures < count) return none;
    return one(`${failures} failures${ofType(type)} within ${minutes(windowMs)}.`);
  },
  async failureRate(watching, { type, abovePercent, windowMs, minRuns }, { nowMs }) {
    const counts = await watching.countByStatus(closedRuns(type, nowMs - windowMs));
    const rate = failureRate(counts);
    if (rate.runs < minRuns || rate.percent <= abovePercent) return none;
    return one(textOfRate(rate, { type, windowMs }));
  },
  async lettersOlder(watching, { type, olderThanMs }, { nowMs }) {
    const before = new Date(nowMs - olderThanMs).toISOString();
    const condition = `ExecutionStatus = 'Running' AND ${marked("status", "open")} AND StartTime < ${quote(before)}`;
    const letters = await countLetters(watching, { type, condition });
    const older = letters + (await parkedOf(watching, type)).filter((at) => at < before).length;
    if (older === 0) return none;
    return one(`${older} dead letters${ofType(type)} are open for longer than ${minutes(olderThanMs)}.`);
  },
  async stuckRun(watching, condition) {
    const { items, truncated } = await watching.openLetters("stuck");
    const wanted = items.filter(({ type }) => concerns(condition, type));
    return { items: byPattern(wanted, said.stuckRun), truncated };
  },
  async noPoller(watching, { forMs }, { queues, nowMs }) {
    const found: Found[] = [];
    for (const name of queues) {
      const queue = await watching.queue(name);
      if (queue && isLeftAlone(queue, forMs, nowMs)) found.push(foundQueue(queue, forMs));
    }
    return { items: found, truncated: false };
  },
  async undoParked(watching, condition) {
    const { items, truncated } = await watching.parkedRuns();
    const wanted = items.flatMap(({ type, incidents }) =>
      concerns(condition, type) ? incidents.filter(({ isUndo }) => isUndo) : [],
    );
    return { items: byPattern(wanted, said.undoParked), truncated };
  },
  async sagaPartial(watching, condition) {
    const { items, truncated } = await watching.openLetters("partial");
    const wanted = items.filter(({ type }) => concerns(condition, type));
    return { items: byPattern(wanted, said.sagaPartial), truncated };
  },
};

interface LetterCount {
  readonly type: string | undefined;
  readonly condition: string;
}

/** Without those that are about alerts. */
async function countLetters(watching: Watching, { type, condition }: LetterCount): Promise<number> {
  const letters = `WorkflowType = ${quote(deadLetterWorkflow)} AND ${condition}`;
  if (type === alertDeliveryWorkflow) return 0;
  if (type !== undefined) return watching.count(`${letters} AND ${marked("type", type)}`);
  const all = await watching.count(letters);
  return all === 0 ? 0 : all - (await watching.count(`${letters} AND ${marked("type", alertDeliveryWorkflow)}`));
}

/** Since when each parked run of a type waits. */
async function parkedOf(watching: Watching, type: string | undefined): Promise<readonly string[]> {
  const { items } = await watching.parkedRuns();
  return items.filter((run) => type === undefined || run.type === type).map(({ since }) => since);
}

function marked(facet: "type" | "status", value: string): string {
  return `${marksAttribute} = ${quote(facetMark(facet, value))}`;
}

/** The query for runs of apps that ended since a time. */
export function closedRuns(type: string | undefined, sinceMs: number): string {
  const closed = `ExecutionStatus IN ('Completed', 'Failed', 'TimedOut', 'Terminated', 'Canceled')`;
  const ofThat = type === undefined ? "" : ` AND WorkflowType = ${quote(type)}`;
  const since = quote(new Date(sinceMs).toISOString());
  return `${closed} AND TaskQueue != ${quote(systemTaskQueue)} AND CloseTime >= ${since}${ofThat}`;
}

/** How many runs ended, and which share of them failed or timed out. */
export interface FailureRate {
  readonly runs: number;
  readonly failed: number;
  readonly percent: number;
}

function failureRate(counts: ReadonlyMap<string, number>): FailureRate {
  const runs = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const failed = (counts.get("Failed") ?? 0) + (counts.get("TimedOut") ?? 0);
  return { runs, failed, percent: runs === 0 ? 0 : (100 * failed) / runs };
}

export function textOfRate(
  { runs, failed, percent }: FailureRate,
  { type, windowMs }: { readonly type: string | undefined; readonly windowMs: number },
): string {
  const share = `${Math.round(percent * 10) / 10}%`;
  return `${share} of the runs${ofType(type)} that ended within ${minutes(windowMs)} failed: ${failed} of ${runs}.`;
}

/** Work waits, and nobody has asked for any; a worker that is busy still asks for workflow tasks. */
function isLeftAlone({ workflow, activity }: TaskQueue, forMs: number, nowMs: number): boolean {
  const isWaiting = [workflow, activity].some(({ backlog, backlogAgeMs }) => backlog > 0 && backlogAgeMs >= forMs);
  const pollers = [...workflow.pollers, ...activity.pollers];
  return isWaiting && pollers.every(({ lastSeenAt }) => nowMs - Date.parse(lastSeenAt) > forMs);
}

function foundQueue({ name, workflow, activity }: TaskQueue, forMs: number): Found {
  const tasks = workflow.backlog + activity.backlog;
  return {
    subject: name,
    title: `No worker polls "${name}"`,
    text: `${tasks} tasks wait on task queue "${name}", and no worker has asked for one for ${minutes(forMs)}.`,
    links: { taskQueues: "/v1/task-queues" },
  };
}

/** One finding for each pattern and tenant. */
export function byPattern(
  failures: readonly WatchedFailure[],
  { title, what }: { readonly title: string; readonly what: string },
): readonly Found[] {
  const groups = new Map<string, WatchedFailure[]>();
  for (const failure of failures) {
    const key = JSON.stringify([failure.fingerprint, failure.tenant ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { type, step, errorType, fingerprint, tenant } = first;
    const where = step === undefined ? `workflow "${type}"` : `"${step}" of workflow "${type}"`;
    return {
      subject: fingerprint,
      title: `${title}: ${errorType} in ${step ?? type}`,
      text: `${what}: ${errorType} in ${where}, ${group.length === 1 ? "one run" : `${group.length} runs`}.`,
      links: linksToLetters(fingerprint),
      tenant,
    };
  });
}
