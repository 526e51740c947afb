/** A query that the run's code took and could not answer. */
export class QueryFailed extends Error {
  override readonly name = "QueryFailed";
  readonly code = "QUERY_FAILED";
  readonly workflowId: string;
  readonly query: string;

  constructor(
    query: string,
    { workflowId, reason }: { readonly workflowId: string; readonly reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The run of ${JSON.stringify(workflowId)} can't answer query ${JSON.stringify(query)}: ` +
        `got ${JSON.stringify(reason)}. Correct the input, or the query's handler in the workflow.`,
      options,
    );
    this.workflowId = workflowId;
    this.query = query;
  }
}
