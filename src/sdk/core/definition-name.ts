import { InvalidDefinition } from "./errors/invalid-definition.ts";

/** Failure types that Tenuto, Temporal or the language itself gives a meaning to. */
const reservedErrors = new Set([
  ...["Timeout", "WorkerLost", "WorkerShutdown", "MissingIdempotencyKey", "NonError"],
  ...[
    "InvalidInput",
    "InvalidErrorData",
    "UndeclaredError",
    "PayloadTooLarge",
    "SagaPartial",
    "SagaOpen",
    "EndlessMacrostep",
    "InvalidSnapshot",
    "DeadlineExceeded",
    "TaskRejected",
    "TaskTimedOut",
  ],
  ...["Error", "TypeError", "ReferenceError", "RangeError", "SyntaxError", "DeterminismViolationError"],
  ...["ActivityFailure", "ApplicationFailure", "CancelledFailure", "ChildWorkflowFailure", "TimeoutFailure"],
]);

/** @throws {@link InvalidDefinition} when a name is not usable in Temporal and in a URL, or is kept for Tenuto's own. */
export function assertName(name: string, what: string): void {
  if (/^(__|tenuto)/i.test(name)) {
    throw new InvalidDefinition({
      what,
      got: name,
      remedy: "Names that begin with __ or tenuto are reserved; choose another.",
    });
  }
  if (/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return;
  throw new InvalidDefinition({ what, got: name, remedy: "Begin with a letter; use letters, digits, - and _ only." });
}

/** @throws {@link InvalidDefinition} when a declared or retryable error has a name that means something else already. */
export function assertErrorName(name: string, what: string): void {
  assertName(name, what);
  if (!reservedErrors.has(name)) return;
  throw new InvalidDefinition({
    what,
    got: name,
    remedy: `"${name}" is reserved: it is how other failures are recorded. Name the reason, as in "CardDeclined".`,
  });
}
