export { tenutoAlertRules } from "./alert-rules.ts";
export { tenutoAudit } from "./audit.ts";
export { tenutoBatch } from "./batch.ts";
export { tenutoDeadLetter } from "./dead-letter.ts";
export { tenutoReconciler } from "./reconciler.ts";
export { tenutoWatch } from "./watch.ts";
