import type { ComponentType } from "preact";
import type { Role } from "../http/session-store.ts";
import type { ViewProps } from "../router/match.ts";
import { AlertList } from "../alerts/alert-list.tsx";
import { RuleList } from "../alerts/rule-list.tsx";
import { AuditList } from "../audit/audit-list.tsx";
import { BatchList } from "../batches/batch-list.tsx";
import { BatchPage } from "../batches/batch-page.tsx";
import { DeadLetterList } from "../dead-letters/dead-letter-list.tsx";
import { DeadLetterPage } from "../dead-letters/dead-letter-page.tsx";
import { ErrorGroupList } from "../error-groups/error-group-list.tsx";
import { ErrorGroupPage } from "../error-groups/error-group-page.tsx";
import { SourceList } from "../event-sources/source-list.tsx";
import { Overview } from "../overview/overview.tsx";
import { LaneList, LanePage } from "../queues/lane-list.tsx";
import { QueueList } from "../queues/queue-list.tsx";
import { RunList } from "../runs/run-list.tsx";
import { RunPage } from "../runs/run-page.tsx";
import { ScheduleList } from "../schedules/schedule-list.tsx";
import { SchedulePage } from "../schedules/schedule-page.tsx";
import { TaskList } from "../tasks/task-list.tsx";
import { TaskPage } from "../tasks/task-page.tsx";
import { TypeList } from "../workflow-types/type-list.tsx";
import { TypePage } from "../workflow-types/type-page.tsx";

/** A view, with where it is. */
export interface View {
  readonly pattern: string;
  readonly show: ComponentType<ViewProps>;
  /** Its name in the navigation; without one it is reached from another view. */
  readonly title?: string;
  /** The heading in the navigation under which it stands. */
  readonly group?: "Work" | "Failures" | "Running it";
  /** Who may see it. @default "viewer" */
  readonly role?: Role;
}

/** Every view of the page, in the order of the navigation. */
export const views: readonly View[] = [
  { pattern: "/", show: Overview, title: "Overview" },
  { pattern: "/runs", show: RunList, title: "Runs", group: "Work" },
  { pattern: "/runs/:workflowId", show: RunPage },
  { pattern: "/workflow-types", show: TypeList, title: "Workflow types", group: "Work" },
  { pattern: "/workflow-types/:type", show: TypePage },
  { pattern: "/tasks", show: TaskList, title: "Tasks", group: "Work" },
  { pattern: "/tasks/:taskId", show: TaskPage },
  { pattern: "/dead-letters", show: DeadLetterList, title: "Dead letters", group: "Failures" },
  { pattern: "/dead-letters/:id", show: DeadLetterPage },
  { pattern: "/error-groups", show: ErrorGroupList, title: "Error groups", group: "Failures" },
  { pattern: "/error-groups/:fingerprint", show: ErrorGroupPage },
  { pattern: "/batches", show: BatchList, title: "Batch operations", group: "Failures" },
  { pattern: "/batches/:id", show: BatchPage },
  { pattern: "/alerts", show: AlertList, title: "Alerts", group: "Failures" },
  { pattern: "/alert-rules", show: RuleList, title: "Alert rules", group: "Failures" },
  { pattern: "/event-sources", show: SourceList, title: "Event sources", group: "Running it" },
  { pattern: "/schedules", show: ScheduleList, title: "Schedules", group: "Running it" },
  { pattern: "/schedules/:id", show: SchedulePage },
  { pattern: "/queues", show: QueueList, title: "Queues and workers", group: "Running it" },
  { pattern: "/lanes", show: LaneList, title: "Lanes", group: "Running it" },
  { pattern: "/lanes/:id", show: LanePage },
  { pattern: "/audit", show: AuditList, title: "Audit", group: "Running it", role: "admin" },
];
