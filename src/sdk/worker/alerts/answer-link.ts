import type { TaskLinks } from "../../client/task-links.ts";
import type { AlertMessage } from "../../core/alert-delivery.ts";
import type { AlertChannel } from "./alert-channel.ts";

const longestLifeMs = 7 * 86_400_000;

/** A message as it is sent, and what of it must be in no error: a channel that refuses it may repeat it. */
export interface LinkedMessage {
  readonly message: AlertMessage;
  readonly secrets: readonly string[];
}

/** A message with the link that answers its task. It is made here, where it is sent, so that no history has it. */
export async function withAnswerLink(
  message: AlertMessage,
  { kind, name }: Pick<AlertChannel, "kind" | "name">,
  links: TaskLinks | undefined,
): Promise<LinkedMessage> {
  const { id, alert, task } = message;
  // A log is read by others than those who are asked.
  if (!task?.hasAnswerLink || !links || kind === "log") return { message, secrets: [] };
  const { taskId, timesOutAt } = task;
  const { tenant } = alert;
  const expiresAt = Math.min(Date.now() + longestLifeMs, timesOutAt === undefined ? Infinity : Date.parse(timesOutAt));
  const link = { taskId, id: `${id}-${name}`, channel: name, ...(tenant !== undefined && { tenant }) };
  const answer = await links.addressOf(link, new Date(expiresAt));
  const linked = { ...message, alert: { ...alert, links: { ...alert.links, Answer: answer } } };
  // However it is quoted, the token has no character that changes.
  return { message: linked, secrets: [new URL(answer).hash.slice(1)] };
}
