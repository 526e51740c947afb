/** A query that the run's contract does not declare. */
export class UnknownQuery extends Error {
  override readonly name = "UnknownQuery";
  readonly code = "UNKNOWN_QUERY";
  readonly query: string;
  readonly known: readonly string[];

  constructor(query: string, { type, known }: { readonly type: string; readonly known: readonly string[] }) {
    super(
      `Workflow ${JSON.stringify(type)} can't answer query ${JSON.stringify(query)}: ` +
        `it has ${known.join(", ") || "none"}. Use one of these, or declare it in the contract.`,
    );
    this.query = query;
    this.known = known;
  }
}
