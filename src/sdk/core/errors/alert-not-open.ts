/** An alert that somebody has taken on, or that is over, can't be acknowledged; nothing changed. */
export class AlertNotOpen extends Error {
  override readonly name = "AlertNotOpen";
  readonly code = "ALERT_NOT_OPEN";
  readonly id: string;
  /** What it is now. */
  readonly status: string;

  constructor({ id, status }: Pick<AlertNotOpen, "id" | "status">, standing: string) {
    super(`Alert ${JSON.stringify(id)} can't be acknowledged: ${standing}. Only one that is open can.`);
    this.id = id;
    this.status = status;
  }
}
