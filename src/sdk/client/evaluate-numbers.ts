// What rules about numbers find at a moment: how long runs take, and what waits for how long.
import type { AlertCondition } from "../core/alert-rule.ts";
import { isOpenTask } from "../core/human-task.ts";
import { openTaskMark } from "../core/task-marks.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { tenantMemo } from "../core/tenant.ts";
import type { Found } from "../core/watch.ts";
import { decode } from "./payloads.ts";
import type { Moment } from "./rule-moment.ts";
import { minutes, ofType } from "./rule-texts.ts";
import { closedSince, completedSince, countLonger, runningLonger } from "./slow-runs.ts";
import { taskRecordsIn } from "./task.ts";
import type { TaskQueue } from "./task-queues.ts";
import { canBeFound, quote } from "./visibility-query.ts";
import type { Bounded, Watching } from "./watched-letters.ts";

type Numbers = "slaBreach" | "latency" | "backlog" | "oldestTask" | "humanTasksOlder" | "sourceLag";
type ConditionOf<Kind extends Numbers> = Extract<AlertCondition, { kind: Kind }>;
type Evaluate<Kind extends Numbers> = (
  watching: Watching,
  condition: ConditionOf<Kind>,
  moment: Moment,
) => Promise<Bounded<Found>>;

export const numberEvaluations: { readonly [Kind in Numbers]: Evaluate<Kind> } = {
  async slaBreach(watching, { type, windowMs }, { nowMs, slas }) {
    const found: Found[] = [];
    let isTruncated = false;
    for (const [each, slaMs] of slasOf(slas, type)) {
      const running = await watching.count(runningLonger({ type: each, longerThanMs: slaMs }, nowMs));
      const query = closedSince(each, nowMs - windowMs);
      const { count: closed, truncated } = await countLonger(watching, { query, longerThanMs: slaMs, nowMs });
      isTruncated ||= truncated;
      if (running + closed > 0) found.push(breach(each, slaMs, { running, closed, windowMs }));
    }
    return { items: found, truncated: isTruncated };
  },
  async latency(watching, condition, { nowMs }) {
    const { type, aboveMs, windowMs, minRuns } = condition;
    const completed = completedSince(type, nowMs - windowMs);
    const runs = await watching.count(completed);
    if (runs < minRuns) return whole([]);
    const longer = await countLonger(watching, { query: completed, longerThanMs: aboveMs, nowMs });
    const slow = longer.count;
    const text = textOfLatency(condition, { runs, slow });
    const items = isAbove(condition, { runs, slow }) ? [{ subject: type, title: "", text }] : [];
    return { items, truncated: longer.truncated };
  },
  backlog: (watching, { queue, above }, moment) =>
    eachQueue(watching, { queue, moment }, (state) => {
      const tasks = state.workflow.backlog + state.activity.backlog;
      return tasks > above ? `${tasks} tasks wait on task queue "${state.name}".` : undefined;
    }),
  oldestTask: (watching, { queue, olderThanMs }, moment) =>
    eachQueue(watching, { queue, moment }, (state) => {
      const oldestMs = Math.max(...[state.workflow, state.activity].map(ageOf));
      if (oldestMs <= olderThanMs) return undefined;
      return `Work has waited for more than ${minutes(olderThanMs)} on task queue "${state.name}".`;
    }),
  async humanTasksOlder(watching, { type, olderThanMs }, { nowMs }) {
    const before = new Date(nowMs - olderThanMs).toISOString();
    // A task is no older than its run.
    const query = `${marksAttribute} = ${quote(openTaskMark)} AND ExecutionStatus = 'Running' AND StartTime < ${quote(before)}`;
    const { items, truncated } = await watching.list(query, (info) => ({
      tenant: decode(info.memo?.fields?.[tenantMemo]) as string | undefined,
      tasks: taskRecordsIn(info).filter((task) => isOpenTask(task) && task.openedAt < before),
    }));
    const counts = new Map<string, { type: string; tenant: string | undefined; count: number }>();
    for (const { tenant, tasks } of items)
      for (const task of tasks) {
        if (type !== undefined && task.type !== type) continue;
        const key = JSON.stringify([task.type, tenant ?? null]);
        counts.set(key, { type: task.type, tenant, count: (counts.get(key)?.count ?? 0) + 1 });
      }
    const found = [...counts.values()].map(({ count, ...each }) => ({
      subject: each.type,
      title: "",
      text: `${count} tasks "${each.type}" have waited for an answer for more than ${minutes(olderThanMs)}.`,
      links: { tasks: `/v1/tasks?type=${encodeURIComponent(each.type)}` },
      tenant: each.tenant,
    }));
    return { items: found, truncated };
  },
  async sourceLag(watching, { source, above }, { apps, nowMs }) {
    const found: Found[] = [];
    for (const app of apps) {
      for (const { name, backlog } of await watching.sourceLags(app, nowMs)) {
        if ((source !== undefined && name !== source) || backlog <= above) continue;
        const text = `${backlog} events wait at the broker of event source "${name}".`;
        found.push({ subject: `${app}/${name}`, title: "", text, links: { eventSources: "/v1/event-sources" } });
      }
    }
    return whole(found);
  },
};

function whole(items: readonly Found[]): Bounded<Found> {
  return { items, truncated: false };
}

/** The types with an SLA that a rule is about. */
export function slasOf(slas: Moment["slas"], type: string | undefined): readonly (readonly [string, number])[] {
  return Object.entries(slas).filter(([each]) => (type === undefined || each === type) && canBeFound(each));
}

interface Breach {
  readonly running: number;
  readonly closed: number;
  readonly windowMs: number;
}

function breach(type: string, slaMs: number, { running, closed, windowMs }: Breach): Found {
  const late = `Still running: ${running}`;
  const over = `closed within ${minutes(windowMs)}: ${closed}`;
  return {
    subject: type,
    title: `Late: ${type}`,
    text: `${textOfBreach(type, slaMs)} ${late}, ${over}.`,
    links: { runs: `/v1/runs?type=${encodeURIComponent(type)}` },
  };
}

export function textOfBreach(type: string, slaMs: number): string {
  return `Runs${ofType(type)} take longer than their SLA of ${minutes(slaMs)}.`;
}

interface Slow {
  readonly runs: number;
  readonly slow: number;
}

/** A percentile is above a limit when more than the rest of the runs are: exactly, whatever the durations are. */
function isAbove({ percentile }: ConditionOf<"latency">, { runs, slow }: Slow): boolean {
  return 100 * slow > runs * (100 - percentile);
}

export function textOfLatency(
  { type, percentile, aboveMs, windowMs }: ConditionOf<"latency">,
  { runs, slow }: Slow,
): string {
  const what = `p${percentile} of the runs${ofType(type)} that completed within ${minutes(windowMs)}`;
  return `${what} is above ${minutes(aboveMs)}: ${slow} of ${runs} took longer.`;
}

function ageOf({ backlog, backlogAgeMs }: TaskQueue["workflow"]): number {
  return backlog > 0 ? backlogAgeMs : 0;
}

interface Queues {
  readonly queue: string | undefined;
  readonly moment: Moment;
}

async function eachQueue(
  watching: Watching,
  { queue, moment }: Queues,
  tell: (state: TaskQueue) => string | undefined,
): Promise<Bounded<Found>> {
  const found: Found[] = [];
  for (const name of moment.queues) {
    if (queue !== undefined && name !== queue) continue;
    const state = await watching.queue(name);
    const text = state && tell(state);
    if (text !== undefined) found.push({ subject: name, title: "", text, links: { taskQueues: "/v1/task-queues" } });
  }
  return whole(found);
}
