/** There is no alert with that id, or the server has forgotten it. */
export class AlertNotFound extends Error {
  override readonly name = "AlertNotFound";
  readonly code = "ALERT_NOT_FOUND";
  readonly id: string;

  constructor(id: string) {
    super(`There is no alert ${JSON.stringify(id)}. List them to see which there are.`);
    this.id = id;
  }
}
