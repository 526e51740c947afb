/** There is no schedule with that id. */
export class ScheduleNotFound extends Error {
  override readonly name = "ScheduleNotFound";
  readonly code = "SCHEDULE_NOT_FOUND";
  readonly id: string;

  constructor(id: string) {
    super(`There is no schedule ${JSON.stringify(id)}. List them to see which there are.`);
    this.id = id;
  }
}
