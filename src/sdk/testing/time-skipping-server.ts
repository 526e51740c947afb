import type { TestWorkflowEnvironment } from "@temporalio/testing";
import { NoTimeSkippingServer } from "./errors/no-time-skipping-server.ts";
import { isThere } from "./java-program.ts";
import type { TestServer, TestServerOptions } from "./test-server.ts";
import { cachedTimeSkippingServer, getTimeSkippingJar } from "./time-skipping-jar.ts";

/**
 * Starts a server whose clock goes on by itself while nothing but time is waited for.
 *
 * @throws {@link NoTimeSkippingServer} when there is none and none can be made.
 */
export async function startTimeSkippingServer(options: TestServerOptions): Promise<TestServer> {
  const environment = await startEnvironment(options);
  const { connection, nativeConnection: native } = environment;
  return {
    connection,
    client: environment.client,
    native,
    namespace: "default",
    address: environment.address,
    skipping: async (wait) => {
      await connection.testService?.unlockTimeSkipping({});
      try {
        return await wait();
      } finally {
        await connection.testService?.lockTimeSkipping({});
      }
    },
    now: () => environment.currentTimeMs(),
    advance: (ms) => environment.sleep(ms),
    kill: () => inMemory(),
    restart: () => inMemory(),
    close: () => environment.teardown(),
  };
}

async function startEnvironment(client: TestServerOptions): Promise<TestWorkflowEnvironment> {
  const { TestWorkflowEnvironment: Environment } = await import("@temporalio/testing");
  const start = (path: string) =>
    startPatiently(() =>
      Environment.createTimeSkipping({ client, server: { executable: { type: "existing-path", path } } }),
    );
  const cached = cachedTimeSkippingServer();
  if (await isThere(cached)) return start(cached);
  try {
    return await Environment.createTimeSkipping({ client });
  } catch (downloadError) {
    const jar = await getTimeSkippingJar().catch((jarError: unknown) => {
      throw new NoTimeSkippingServer({ download: told(downloadError), jar: told(jarError) }, { cause: jarError });
    });
    return start(jar);
  }
}

/** The SDK gives the server five seconds, which a JVM on a busy machine does not always keep. */
async function startPatiently<T>(start: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      if (tries === 5 || !told(error).includes("did not start within")) throw error;
    }
  }
}

async function inMemory(): Promise<never> {
  throw new Error('A time-skipping server keeps nothing over a restart. Use createTestRig({ …, server: "real" }).');
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
