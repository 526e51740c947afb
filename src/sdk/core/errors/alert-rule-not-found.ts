/** There is no alert rule with that id. */
export class AlertRuleNotFound extends Error {
  override readonly name = "AlertRuleNotFound";
  readonly code = "ALERT_RULE_NOT_FOUND";
  readonly id: string;

  constructor(id: string) {
    super(`There is no alert rule ${JSON.stringify(id)}. List them to see which there are.`);
    this.id = id;
  }
}
