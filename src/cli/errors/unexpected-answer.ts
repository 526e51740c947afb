/** An answer that Tenuto's API does not give: something else listens there, or stands before it. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
  readonly code = "UNEXPECTED_ANSWER";
  readonly url: string;
  /** The status that it came with. */
  readonly status: number;

  constructor({ url, status, got }: { readonly url: string; readonly status: number; readonly got: string }) {
    super(
      `${JSON.stringify(url)} does not answer as Tenuto's API: status ${status}, ${got}. ` +
        "Say where the API is by --url or TENUTO_URL.",
    );
    this.url = url;
    this.status = status;
  }
}
