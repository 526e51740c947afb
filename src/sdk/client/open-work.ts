// What is open: runs, human tasks, dead letters, error groups, task queues and event sources, each asked for in a bounded way.
import type { temporal as api } from "@temporalio/proto";
import { type DeadLetterKind, deadLetterWorkflow, systemTaskQueue } from "../core/dead-letter.ts";
import { facetMark, facetMarks } from "../core/dead-letter-marks.ts";
import type { ErrorGroupRecord } from "../core/error-group.ts";
import type { EventSourceStatus } from "../core/event-source-status.ts";
import { isOpenTask } from "../core/human-task.ts";
import { queuesOf } from "../core/queue.ts";
import { marksAttribute, type RunMark } from "../core/run-mark.ts";
import { openTaskMark } from "../core/task-marks.ts";
import { letterOf } from "./dead-letter.ts";
import { listEventSources } from "./event-sources.ts";
import { ifReadable } from "./if-readable.ts";
import type { Question } from "./kept-answers.ts";
import { allGroups } from "./list-error-groups.ts";
import { listPage } from "./list-runs.ts";
import { type MetricsScope, questionOf, times } from "./metrics-scope.ts";
import { runningLonger } from "./slow-runs.ts";
import { taskRecordsIn } from "./task.ts";
import { describeTaskQueues, type TaskQueue } from "./task-queues.ts";
import { quote, visibilityQuery } from "./visibility-query.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** Something that waits for people, since when. */
export interface OpenItem {
  /** The workflow's type, or the event source's name. */
  readonly type: string;
  /** RFC 3339. */
  readonly since: string;
  readonly isOverdue?: boolean;
}

/** The first of what is open, and whether that is all. */
export interface OpenItems {
  readonly items: readonly OpenItem[];
  readonly isAll: boolean;
}

const pageSize = 200;
const mostPages = 5;

/** How many runs or letters are looked at for what is open. */
export const mostLooked = pageSize * mostPages;

const ofOpen = (type: string | undefined, mark?: RunMark) => visibilityQuery({ status: "running", type, mark });

/** How many runs of apps are open, of a type or of all. */
export function runningQuestion(scope: MetricsScope, type?: string): Question<number> {
  const when = type === undefined ? times.open : times.ofType;
  return countQuestion(scope, when, { key: `running ${type ?? ""}`, query: () => ofOpen(type) });
}

export function markedQuestion(
  scope: MetricsScope,
  mark: Exclude<RunMark, "partial">,
  type: string | undefined,
): Question<number> {
  return countQuestion(scope, times.open, { key: `${mark} ${type ?? ""}`, query: () => ofOpen(type, mark) });
}

/** Runs whose workflow task fails again and again. */
export function stuckQuestion(scope: MetricsScope, type: string | undefined): Question<number> {
  const query = () => `${ofOpen(type)} AND TemporalReportedProblems IS NOT NULL`;
  return countQuestion(scope, times.open, { key: `stuck ${type ?? ""}`, query });
}

/** Runs that ended with effects left, which nobody has dealt with. */
export function partialQuestion(scope: MetricsScope, type: string | undefined): Question<number> {
  const kind: DeadLetterKind = "partial";
  const marks = facetMarks({ kind, status: "open", type }).map((mark) => `${marksAttribute} = ${quote(mark)}`);
  const query = [`WorkflowType = ${quote(deadLetterWorkflow)}`, "ExecutionStatus = 'Running'", ...marks].join(" AND ");
  return countQuestion(scope, times.open, { key: `partial ${type ?? ""}`, query: () => query });
}

/** Open runs of a type that take longer than its SLA; of those that continue each other, from the first start on. */
export function lateQuestion(scope: MetricsScope, type: string, slaMs: number): Question<number> {
  const query = () => runningLonger({ type, longerThanMs: slaMs }, Date.now());
  return countQuestion(scope, times.ofType, { key: `late ${type}`, query });
}

export function tasksQuestion(scope: MetricsScope): Question<OpenItems> {
  const query = `${marksAttribute} = ${quote(openTaskMark)} AND ExecutionStatus = 'Running'`;
  return listQuestion(scope, { key: "tasks", query }, (info) =>
    taskRecordsIn(info)
      .filter(isOpenTask)
      .map(({ openedAt, dueAt }) => ({
        type: info.type?.name ?? "",
        since: openedAt,
        isOverdue: dueAt !== undefined && Date.parse(dueAt) <= Date.now(),
      })),
  );
}

export function lettersQuestion(scope: MetricsScope): Question<OpenItems> {
  const own = `WorkflowType = ${quote(deadLetterWorkflow)} AND ${marksAttribute} = ${quote(facetMark("status", "open"))}`;
  const query = `ExecutionStatus = 'Running' AND ((${own}) OR ${marksAttribute} = 'parked')`;
  return listQuestion(scope, { key: "letters", query }, (info) => {
    const letter = letterOf(scope.temporal, info);
    return letter?.status === "open" ? [{ type: letter.type, since: letter.firstSeenAt }] : [];
  });
}

export function groupsQuestion(scope: MetricsScope): Question<readonly ErrorGroupRecord[]> {
  return questionOf(scope, times.lists, {
    key: "groups",
    ask: async (onRequest) => {
      onRequest();
      const groups = await allGroups(scope.temporal, undefined);
      for (let more = pageSize; more <= groups.length; more += pageSize) onRequest();
      return groups;
    },
  });
}

/** Not of visibility: they may be asked for at any time. */
export function queuesQuestion(scope: MetricsScope): Question<readonly TaskQueue[]> {
  const names = [...queuesOf(scope.app).map(({ taskQueue }) => taskQueue), systemTaskQueue];
  return questionOf(scope, times.open, { key: "queues", ask: () => describeTaskQueues(scope.temporal, names) });
}

/** Those are the sources of all tenants, which one of them does not see. */
export function sourcesQuestion(scope: MetricsScope): Question<readonly EventSourceStatus[]> {
  const isHidden = scope.temporal.tenant !== undefined || (scope.app.sources ?? []).length === 0;
  return questionOf(scope, times.open, {
    key: "sources",
    ask: async () => (isHidden ? [] : listEventSources(scope)),
  });
}

interface Asked<Query> {
  readonly key: string;
  readonly query: Query;
}

function countQuestion(
  scope: MetricsScope,
  when: (typeof times)[keyof typeof times],
  { key, query }: Asked<() => string>,
): Question<number> {
  const { temporal } = scope;
  const { namespace } = temporal;
  return questionOf(scope, when, {
    key,
    ask: async (onRequest) => {
      onRequest();
      const asked = { namespace, query: query() };
      const { count } = await temporal.call((service) => service.countWorkflowExecutions(asked));
      return Number(count ?? 0);
    },
  });
}

function listQuestion(
  scope: MetricsScope,
  { key, query }: Asked<string>,
  itemsOf: (info: Info) => readonly OpenItem[],
): Question<OpenItems> {
  return questionOf(scope, times.lists, {
    key,
    ask: async (onRequest) => {
      const items: OpenItem[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        onRequest();
        const found = await listPage(scope.temporal, { query, limit: pageSize, cursor });
        items.push(...found.infos.flatMap((info) => ifReadable(() => itemsOf(info)) ?? []));
        cursor = found.nextCursor;
        if (cursor === undefined) break;
      }
      return { items, isAll: cursor === undefined };
    },
  });
}
