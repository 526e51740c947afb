interface Attempted {
  readonly url: string;
  /** Why the last attempt failed. */
  readonly why: string;
  readonly attempts: number;
  /** Whether a request that changes something may have arrived. */
  readonly mayBeDone: boolean;
}

/** An API that does not answer. */
export class ApiUnreachable extends Error {
  override readonly name = "ApiUnreachable";
  readonly code = "API_UNREACHABLE";
  readonly url: string;
  readonly mayBeDone: boolean;

  constructor({ url, why, attempts, mayBeDone }: Attempted, options?: ErrorOptions) {
    const times = attempts === 1 ? "" : ` in ${attempts} attempts`;
    super(`The API at ${JSON.stringify(url)} did not answer${times}: ${why}.`, options);
    this.url = url;
    this.mayBeDone = mayBeDone;
  }
}
