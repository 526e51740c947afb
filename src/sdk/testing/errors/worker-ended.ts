/** A rig's worker process that ended although nobody told it to. */
export class WorkerEnded extends Error {
  override readonly name = "WorkerEnded";
  readonly code = "WORKER_ENDED";
  readonly exit: number | string | null;

  constructor({ module, exit, reason }: { module: string; exit: number | string | null; reason: string | undefined }) {
    const ended = typeof exit === "number" ? `exit code ${exit}` : String(exit);
    super(
      `The test rig's worker on "${module}" ended by itself: got ${reason ?? "no reason"} (${ended}). ` +
        "Look for what its process printed on stderr.",
    );
    this.exit = exit;
  }
}
