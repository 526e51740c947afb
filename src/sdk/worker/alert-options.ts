import type { TaskLinks } from "../client/task-links.ts";
import type { AlertRule } from "../core/alert-rule.ts";
import type { AlertChannel } from "./alerts/alert-channel.ts";
import type { ReconcileEvery } from "./keep-system-workflow.ts";

/** Who is told of what goes wrong. */
export interface AlertOptions {
  /** Where rules send to, besides `log`, which is always there; the same in every process that works on Tenuto's own workflows. @default none */
  readonly channels?: readonly AlertChannel[] | undefined;
  /** What `defineAlertRules` made; a rule that somebody has edited over the API stays as it is. @default those that are shipped */
  readonly rules?: readonly AlertRule[] | undefined;
  /** Makes the links by which tasks with `answerLink` are answered; the log gets none. @default no links */
  readonly taskLinks?: TaskLinks | undefined;
  /** How often it is looked for what rules are about; who comes first to a namespace decides. @default "10s", or "never" where nobody looks for failures either */
  readonly watchEvery?: ReconcileEvery | undefined;
}
