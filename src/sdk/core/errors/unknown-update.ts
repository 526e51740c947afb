/** An update that the run's contract does not declare. */
export class UnknownUpdate extends Error {
  override readonly name = "UnknownUpdate";
  readonly code = "UNKNOWN_UPDATE";
  readonly update: string;
  readonly known: readonly string[];

  constructor(update: string, { type, known }: { readonly type: string; readonly known: readonly string[] }) {
    super(
      `Workflow ${JSON.stringify(type)} can't take update ${JSON.stringify(update)}: ` +
        `it has ${known.join(", ") || "none"}. Use one of these, or declare it in the contract.`,
    );
    this.update = update;
    this.known = known;
  }
}
