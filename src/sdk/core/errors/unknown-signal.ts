/** A signal that the run's contract does not declare. */
export class UnknownSignal extends Error {
  override readonly name = "UnknownSignal";
  readonly code = "UNKNOWN_SIGNAL";
  readonly signal: string;
  readonly known: readonly string[];

  constructor(signal: string, { type, known }: { readonly type: string; readonly known: readonly string[] }) {
    super(
      `Workflow ${JSON.stringify(type)} can't take signal ${JSON.stringify(signal)}: ` +
        `it has ${known.join(", ") || "none"}. Use one of these, or declare it in the contract.`,
    );
    this.signal = signal;
    this.known = known;
  }
}
