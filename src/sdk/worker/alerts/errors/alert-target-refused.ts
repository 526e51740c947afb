/** A channel's target is an address that it may not send to; nothing was sent. */
export class AlertTargetRefused extends Error {
  override readonly name = "AlertTargetRefused";
  readonly code = "ALERT_TARGET_REFUSED";
  /** The host's name, or its address. */
  readonly host: string;

  constructor(host: string, why: string) {
    super(
      `Alerts are not sent to ${JSON.stringify(host)}: ${why}. ` +
        "Correct the channel, or say `allowPrivate: true` in it when that target is meant.",
    );
    this.host = host;
  }
}
