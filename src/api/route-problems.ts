// The problems that many routes have in common.
import type { ProblemCode } from "./problems.ts";

export const ofTemporal = [
  ...["DECRYPTION_FAILED", "RATE_LIMITED", "TEMPORAL_REFUSED", "TEMPORAL_UNAVAILABLE"],
] as const satisfies ProblemCode[];
export const ofWorker = ["NO_WORKER_POLLING", "RUN_NOT_ANSWERING"] as const satisfies ProblemCode[];
export const ofRun = [...ofTemporal, "RUN_NOT_FOUND"] as const satisfies ProblemCode[];
export const ofOpenRun = [...ofRun, ...ofWorker, "RUN_CLOSED"] as const satisfies ProblemCode[];
