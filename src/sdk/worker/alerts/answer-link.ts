import type { TaskLinks } from "../../client/task-links.ts";
import type { AlertMessage } from "../../core/alert-delivery.ts";
import type { AlertChannel } from "./alert-channel.ts";

const longestLifeMs = 7 * 86_400_000;

/** A message with the link that answers its task. It is made here, where it is sent, so that no history has it. */
export async function withAnswerLink(
  message: AlertMessage,
  { kind, name }: Pick<AlertChannel, "kind" | "name">,
  links: TaskLinks | undefined,
): Promise<AlertMessage> {
  const { id, alert, task } = message;
  // A log is read by others than those who are asked.
  if (!task?.hasAnswerLink || !links || kind === "log") return message;
  const { taskId, timesOutAt } = task;
  const { tenant } = alert;
  const expiresAt = Math.min(Date.now() + longestLifeMs, timesOutAt === undefined ? Infinity : Date.parse(timesOutAt));
  const link = { taskId, id: `${id}-${name}`, channel: name, ...(tenant !== undefined && { tenant }) };
  const answer = await links.addressOf(link, new Date(expiresAt));
  return { ...message, alert: { ...alert, links: { ...alert.links, Answer: answer } } };
}
