import { ApiProblem } from "./errors/api-problem.ts";
import { Interrupted } from "./errors/interrupted.ts";
import { UsageError } from "./errors/usage-error.ts";

/** What the command's exit code says; scripts go by it, so the numbers never change. */
export const exitCodes = {
  done: 0,
  /** Something failed: the API is away, or failed itself. */
  failed: 1,
  /** The command line, or what it sends, can't be used. */
  usage: 2,
  notFound: 3,
  /** What it is about is in a state that does not allow it. */
  refused: 4,
  /** No or wrong credentials, or a role that may not. */
  notAllowed: 5,
  /** A batch that was watched is over, and not all of it was done. */
  incomplete: 6,
  /** Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const ofStatus: Readonly<Record<number, ExitCode>> = {
  400: exitCodes.usage,
  401: exitCodes.notAllowed,
  403: exitCodes.notAllowed,
  404: exitCodes.notFound,
  409: exitCodes.refused,
  413: exitCodes.usage,
  422: exitCodes.usage,
};

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof Interrupted) return exitCodes.interrupted;
  if (error instanceof ApiProblem) return ofStatus[error.problem.status] ?? exitCodes.failed;
  return exitCodes.failed;
}
