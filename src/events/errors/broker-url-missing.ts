/** A source names a variable with the address of its broker, and the variable is not set. */
export class BrokerUrlMissing extends Error {
  override readonly name = "BrokerUrlMissing";
  readonly code = "BROKER_URL_MISSING";
  readonly source: string;
  /** The environment variable. */
  readonly variable: string;

  constructor(source: string, variable: string) {
    super(
      `Event source "${source}" can't consume: ${variable} is not set, or empty. Set it to the address of the broker.`,
    );
    this.source = source;
    this.variable = variable;
  }
}
