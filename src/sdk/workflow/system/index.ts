export { tenutoDeadLetter } from "./dead-letter.ts";
export { tenutoReconciler } from "./reconciler.ts";
