/** Runs that a test left open: it may have ended before what it tests had happened. */
export class RunsLeftOpen extends Error {
  override readonly name = "RunsLeftOpen";
  readonly code = "RUNS_LEFT_OPEN";
  readonly workflowIds: readonly string[];

  constructor(workflowIds: readonly string[]) {
    super(
      `These runs were still open at the end: ${workflowIds.map((id) => `"${id}"`).join(", ")}. ` +
        'Wait for their result, end them, or say that it is meant: createTestRig({ …, openRuns: "allow" }).',
    );
    this.workflowIds = workflowIds;
  }
}
