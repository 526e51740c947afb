/** No server that skips time was there, and none could be made; the message names each way and why it failed. */
export class NoTimeSkippingServer extends Error {
  override readonly name = "NoTimeSkippingServer";
  readonly code = "NO_TIME_SKIPPING_SERVER";

  constructor(tried: { readonly download: string; readonly jar: string }, options?: ErrorOptions) {
    super(
      `No Temporal server that skips time was found, and none could be made:
  - download by the Temporal SDK: ${tried.download}
  - io.temporal:temporal-test-server by Maven: ${tried.jar}
Do one of these, then try again:
  - get this machine onto the internet: the SDK then downloads one
  - install Java 17 or newer and Maven, able to reach Maven Central: it is then got from there, once
  - test without time skipping: createTestRig({ …, server: "real" })`,
      options,
    );
  }
}
