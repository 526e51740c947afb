export { tenutoDeadLetter } from "./dead-letter.ts";
