/** A task queue that the app does not have. */
export class UnknownQueue extends Error {
  override readonly name = "UnknownQueue";
  readonly code = "UNKNOWN_QUEUE";
  readonly queue: string;
  readonly known: readonly string[];

  constructor(queue: string, { app, known }: { readonly app: string; readonly known: readonly string[] }) {
    super(
      `App ${JSON.stringify(app)} has no task queue ${JSON.stringify(queue)}: there are ${known.join(", ")}. ` +
        "Use one of these, or give a contract this `queue`.",
    );
    this.queue = queue;
    this.known = known;
  }
}
