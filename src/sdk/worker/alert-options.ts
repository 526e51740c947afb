import type { AlertRule } from "../core/alert-rule.ts";
import type { ReconcileEvery } from "./keep-system-workflow.ts";

/** Who is told of what goes wrong. */
export interface AlertOptions {
  /** What `defineAlertRules` made; a rule that somebody has edited over the API stays as it is. @default those that are shipped */
  readonly rules?: readonly AlertRule[] | undefined;
  /** How often it is looked for what rules are about; who comes first to a namespace decides. @default as `reconcileEvery` */
  readonly watchEvery?: ReconcileEvery | undefined;
}
