/** A way to make a dead letter go again that is not sound for it; nothing changed. */
export class RedriveUnsound extends Error {
  override readonly name = "RedriveUnsound";
  readonly code = "REDRIVE_UNSOUND";
  readonly id: string;
  readonly mode: string;
  /** The modes that are sound now. */
  readonly modes: readonly string[];

  constructor({ id, mode, modes }: Pick<RedriveUnsound, "id" | "mode" | "modes">, why: string) {
    const sound = modes.length === 0 ? "No mode is sound now" : `Sound now: ${modes.join(", ")}`;
    const asked = mode === "discard" ? "discarded" : `redriven with mode ${JSON.stringify(mode)}`;
    super(`Dead letter ${JSON.stringify(id)} can't be ${asked}: ${why}. ${sound}.`);
    this.id = id;
    this.mode = mode;
    this.modes = modes;
  }
}
