// Tells people of a task: a workflow for each channel brings the message there. It may be cut anywhere and made again: what is
// begun under the id of a message is begun once.
import { Context } from "@temporalio/activity";
import type { Encryption } from "../client/encryption.ts";
import { startDelivery } from "../client/start-delivery.ts";
import type { AlertMessage, AlertMessageKind } from "../core/alert-delivery.ts";
import type { AlertSeverity } from "../core/alert-rule.ts";
import {
  taskIdOf,
  type TaskNewsKind,
  type TaskTelling,
  tellTaskActivityType,
  type ToldTask,
} from "../core/human-task.ts";
import { hashJson } from "../core/idempotency-key.ts";
import { serverOf } from "./redrive-activities.ts";

/** The activity that tells people of a task. */
export function tellTaskActivity(
  encryption: Encryption | undefined,
): Readonly<Record<string, (telling: TaskTelling) => Promise<void>>> {
  return {
    [tellTaskActivityType]: async (telling) => {
      const { runId = "" } = Context.current().info.workflowExecution ?? {};
      const temporal = serverOf(encryption);
      const message = messageOf(telling, runId);
      const { tenant, after } = telling;
      for (const channel of new Set(telling.channels)) {
        const before = after[channel];
        await startDelivery(temporal, {
          suffix: `${message.id}-${channel}`,
          tenant,
          channel,
          message,
          ...(before !== undefined && { after: `${messageIdOf(telling.task, runId, before)}-${channel}` }),
        });
      }
    },
  };
}

/** Of this run: one that a reset has made asks people again. */
function messageIdOf({ key }: ToldTask, runId: string, ordinal: number): string {
  return `task-${key}-${hashJson([runId, ordinal]).slice(0, 8)}`;
}

const kinds = {
  opened: { kind: "raised", severity: "info", headline: "To be answered" },
  reminder: { kind: "raised", severity: "info", headline: "Still to be answered" },
  due: { kind: "raised", severity: "warning", headline: "Late" },
  escalated: { kind: "escalated", severity: "error", headline: "To be answered" },
  ended: { kind: "resolved", severity: "info", headline: "No longer to be answered" },
} as const satisfies Record<
  TaskNewsKind,
  { readonly kind: AlertMessageKind; readonly severity: AlertSeverity; readonly headline: string }
>;

function messageOf(telling: TaskTelling, runId: string): AlertMessage {
  const { task, workflowId, tenant, channels, hasAnswerLink, kind: news } = telling;
  const { type, title, openedAt, dueAt, timesOutAt, ended } = task;
  const taskId = taskIdOf(task.key, workflowId);
  const { kind, severity, headline } = kinds[news];
  const at = ended?.at ?? new Date().toISOString();
  return {
    id: messageIdOf(task, runId, telling.ordinal),
    kind,
    at,
    alert: {
      ...{ id: taskId, rule: "human-task", subject: taskId, severity, channels, coolDownMs: 0, links: {} },
      ...{ status: ended ? "resolved" : "open", count: 1, firstAt: openedAt, lastAt: at },
      title: `${headline}: ${title}`,
      text: textOf(telling),
      ...(tenant !== undefined && { tenant }),
      ...(ended && { resolved: { reason: endOf(ended), at: ended.at } }),
    },
    task: {
      ...{ taskId, kind: news, type, workflowId, hasAnswerLink },
      ...(dueAt !== undefined && { dueAt }),
      ...(timesOutAt !== undefined && { timesOutAt }),
    },
  };
}

function textOf({ task, workflowId }: TaskTelling): string {
  const { type, roles, assignees, dueAt, timesOutAt } = task;
  const asked = [...assignees, ...roles.map((role) => `who has the task role "${role}"`)].join(", ");
  return [
    `Task "${type}" of the run of "${workflowId}", for ${asked || "nobody"}.`,
    ...(dueAt === undefined ? [] : [`It is due at ${dueAt}.`]),
    ...(timesOutAt === undefined ? [] : [`It ends by itself at ${timesOutAt}.`]),
  ].join(" ");
}

function endOf({ status, by, isDefault }: NonNullable<ToldTask["ended"]>): string {
  const who = by === undefined ? "" : ` by ${by}`;
  return isDefault ? "Nobody answered; its default counts" : `It is ${status}${who}`;
}
