/** A state that a machine can't be brought back to now; nothing changed. */
export class RewindNotAllowed extends Error {
  override readonly name = "RewindNotAllowed";
  readonly code = "REWIND_NOT_ALLOWED";
  readonly workflowId: string;
  readonly to: string;
  /** The paths of the states that it can be brought back to. */
  readonly allowed: readonly string[];

  constructor(workflowId: string, { to, allowed }: Pick<RewindNotAllowed, "to" | "allowed">) {
    const names = allowed.length > 0 ? allowed.map((path) => JSON.stringify(path)).join(", ") : "none";
    super(
      `Run ${JSON.stringify(workflowId)} can't be brought back to state ${JSON.stringify(to)}: it must have been there, be ` +
        `elsewhere now, and its definition must allow it. Allowed now: ${names}.`,
    );
    this.workflowId = workflowId;
    this.to = to;
    this.allowed = allowed;
  }
}
