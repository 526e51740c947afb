import { assertCarriable } from "./carriable-schema.ts";
import type { HumanTaskDefinition } from "./define-human-task.ts";
import { assertName } from "./definition-name.ts";
import { type Duration, parsePositiveDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import type { TaskQuorum } from "./human-task.ts";

type Checked = Pick<
  HumanTaskDefinition,
  "question" | "answer" | "roles" | "assignees" | "due" | "reminders" | "escalation" | "timeout" | "quorum" | "channels"
> & { readonly onTimeout?: unknown };

const longestName = 200;
const mostNames = 20;
const mostVoters = 20;
const mostReminders = 10;

/** @throws {@link InvalidDefinition} when a task's definition can't mean anything sound. */
export function assertHumanTask(name: string, definition: Checked): void {
  const whose = `human task "${name}"`;
  assertName(name, "The name of a human task");
  assertCarriable(definition.question, `The question of ${whose}`, "parsed");
  assertCarriable(definition.answer, `The answer of ${whose}`, "both");
  assertAudience(definition, whose);
  assertTimes(definition, whose);
  assertQuorum(definition, whose);
  assertNames(definition.channels, `\`channels\` of ${whose}`);
}

function assertAudience({ roles = [], assignees = [], escalation }: Checked, whose: string): void {
  assertNames(roles, `\`roles\` of ${whose}`, /^[\w.-]{1,64}$/);
  assertNames(assignees, `\`assignees\` of ${whose}`);
  assertNames(escalation?.roles, `\`escalation.roles\` of ${whose}`, /^[\w.-]{1,64}$/);
  assertNames(escalation?.assignees, `\`escalation.assignees\` of ${whose}`);
  assertNames(escalation?.channels, `\`escalation.channels\` of ${whose}`);
  if (roles.length > 0 || assignees.length > 0) return;
  throw new InvalidDefinition({
    what: `The audience of ${whose}`,
    got: "neither `roles` nor `assignees`",
    remedy: 'Say who may answer it, as in `roles: ["approver"]`.',
  });
}

function assertNames(names: readonly string[] = [], what: string, pattern?: RegExp): void {
  const wrong = names.find(
    (name) =>
      typeof name !== "string" || name.trim() === "" || name.length > longestName || !(pattern?.test(name) ?? true),
  );
  if (wrong !== undefined) {
    const remedy = pattern
      ? "Use 1 to 64 letters, digits, `.`, `_` and `-`."
      : `Use names of 1 to ${longestName} characters.`;
    throw new InvalidDefinition({ what, got: wrong, remedy });
  }
  if (names.length > mostNames)
    throw new InvalidDefinition({ what, got: names.length, remedy: `Give at most ${mostNames}.` });
}

function assertTimes(
  { due, reminders = [], channels = [], escalation, timeout, onTimeout }: Checked,
  whose: string,
): void {
  const timeoutMs = timeout === undefined ? Infinity : parsePositiveDuration(timeout, `\`timeout\` of ${whose}`);
  const within = (duration: Duration, what: string) => {
    if (parsePositiveDuration(duration, what) < timeoutMs) return;
    const remedy = `Give less than its \`timeout\`, ${String(timeout)}: nothing is left to be done then.`;
    throw new InvalidDefinition({ what, got: duration, remedy });
  };
  if (due !== undefined) within(due, `\`due\` of ${whose}`);
  if (escalation) within(escalation.after, `\`escalation.after\` of ${whose}`);
  for (const reminder of reminders) within(reminder, `\`reminders\` of ${whose}`);
  if (reminders.length > mostReminders) {
    const remedy = `Give at most ${mostReminders}.`;
    throw new InvalidDefinition({ what: `\`reminders\` of ${whose}`, got: reminders.length, remedy });
  }
  if (reminders.length > 0 && channels.length === 0) {
    const remedy = 'Give `channels` as well, as in `channels: ["log"]`: nobody would be reminded.';
    throw new InvalidDefinition({ what: `\`reminders\` of ${whose}`, got: reminders, remedy });
  }
  if (onTimeout === undefined || timeout !== undefined) return;
  throw new InvalidDefinition({
    what: `\`onTimeout\` of ${whose}`,
    got: onTimeout,
    remedy: "Give a `timeout` as well: without one it never ends by itself.",
  });
}

function assertQuorum({ quorum, onTimeout, assignees = [], roles = [] }: Checked, whose: string): void {
  if (!quorum) return;
  const what = `\`quorum\` of ${whose}`;
  const { approve, of } = quorum;
  if (!isCount(approve) || !isCount(of) || approve > of || of > mostVoters) {
    const remedy = `Give whole numbers: \`approve\` from 1 to \`of\`, which is ${mostVoters} at most.`;
    throw new InvalidDefinition({ what, got: quorum satisfies TaskQuorum, remedy });
  }
  if (roles.length === 0 && assignees.length < of) {
    const remedy = `Only ${assignees.length} may answer. Give more \`assignees\`, or \`roles\`.`;
    throw new InvalidDefinition({ what, got: quorum, remedy });
  }
  if (onTimeout === undefined || onTimeout === "reject") return;
  throw new InvalidDefinition({
    what: `\`onTimeout\` of ${whose}`,
    got: onTimeout,
    remedy: 'A default is nobody\'s vote. Give "reject", and catch `TaskTimedOut`.',
  });
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
