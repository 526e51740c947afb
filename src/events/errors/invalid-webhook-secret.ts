/** A secret of a webhook's sender that is missing or can't be used; nothing of it is in the message. */
export class InvalidWebhookSecret extends Error {
  override readonly name = "InvalidWebhookSecret";
  readonly code = "INVALID_WEBHOOK_SECRET";
  /** The environment variable. */
  readonly variable: string;

  constructor(variable: string, problem: string) {
    super(
      `The webhook secret in ${variable} can't be used: ${problem}. Set ${variable} to the secret that its sender shows.`,
    );
    this.variable = variable;
  }
}
