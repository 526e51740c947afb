const programmingErrors = new Set([
  "TypeError",
  "ReferenceError",
  "RangeError",
  "SyntaxError",
  "DeterminismViolationError",
  "SagaOpen",
  "EndlessMacrostep",
  "InvalidSnapshot",
]);

/**
 * Whether an error thrown by workflow code is a bug of ours, which must decide nothing: the workflow task fails and the
 * run goes on after the fix. Told by name, since errors of the isolate are not instances of ours.
 */
export function isProgrammingError(error: unknown): boolean {
  return error instanceof Error && programmingErrors.has(error.name);
}
