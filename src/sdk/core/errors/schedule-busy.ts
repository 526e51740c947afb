/** A schedule can't be changed, or asked for runs, at this moment; nothing of it was done. */
export class ScheduleBusy extends Error {
  override readonly name = "ScheduleBusy";
  readonly code = "SCHEDULE_BUSY";
  readonly id: string;

  /** `why` is a clause, as in `others change it at the same time`. */
  constructor(id: string, why = "others change it at the same time") {
    super(`Nothing was done to schedule ${JSON.stringify(id)}: ${why}. Look at it, and try again.`);
    this.id = id;
  }
}
