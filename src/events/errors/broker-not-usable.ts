/** A broker whose events can't be taken as things are set up; nothing of a URL is in the message, since it may have a password. */
export class BrokerNotUsable extends Error {
  override readonly name = "BrokerNotUsable";
  readonly code = "BROKER_NOT_USABLE";
  /** The event source. */
  readonly source: string;

  constructor(source: string, problem: string, options?: ErrorOptions) {
    super(`Event source "${source}" takes no events: ${problem}`, options);
    this.source = source;
  }
}
