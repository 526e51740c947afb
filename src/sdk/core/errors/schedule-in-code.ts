/** A schedule that is in the code of an app, and that nobody has edited, can't be deleted; nothing changed. */
export class ScheduleInCode extends Error {
  override readonly name = "ScheduleInCode";
  readonly code = "SCHEDULE_IN_CODE";
  readonly id: string;

  constructor({ id, app }: { readonly id: string; readonly app: string }) {
    super(
      `Schedule ${JSON.stringify(id)} can't be deleted: it is in the code of app "${app}". Take it out there and deploy, or pause it.`,
    );
    this.id = id;
  }
}
