import { isGrpcServiceError } from "@temporalio/client";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { TemporalRefused } from "../core/errors/temporal-refused.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";

/** The run that a call was about. */
export interface RunReference {
  readonly workflowId: string;
  readonly runId?: string | undefined;
}

/** gRPC status codes. */
export const grpc = {
  canceled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  unimplemented: 12,
  unavailable: 14,
} as const;

/** What a call to Temporal threw, as an error of ours; what is no gRPC error stays as it is. */
export function fromGrpc(error: unknown, run?: RunReference): unknown {
  if (!isGrpcServiceError(error)) return error;
  const cause = { cause: error };
  switch (error.code as number) {
    case grpc.unavailable:
    case grpc.deadlineExceeded:
    case grpc.canceled:
    case grpc.aborted:
      return new TemporalUnavailable(cause);
    case grpc.resourceExhausted:
      return new RateLimited(cause);
    case grpc.notFound:
      if (run && /already completed/i.test(error.details)) return new RunClosed(run);
      // A namespace that is missing is our set-up's fault, not the caller's.
      if (run && !/^namespace /i.test(error.details)) return new RunNotFound(run);
      break;
    case grpc.invalidArgument:
      // So a server on PostgreSQL calls it when the history of a run that isn't there is read.
      if (run && /workflow history not found/i.test(error.details)) return new RunNotFound(run);
  }
  return new TemporalRefused({ grpcCode: error.code, details: error.details }, cause);
}

export function hasGrpcCode(error: unknown, code: number): boolean {
  return isGrpcServiceError(error) && (error.code as number) === code;
}
