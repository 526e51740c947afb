export { tenutoAlert } from "./alert.ts";
export { tenutoAlertDelivery } from "./alert-delivery.ts";
export { tenutoAudit } from "./audit.ts";
export { tenutoBatch } from "./batch.ts";
export { tenutoDeadLetter } from "./dead-letter.ts";
export { tenutoErrorGroup } from "./error-group.ts";
export { tenutoReconciler } from "./reconciler.ts";
