// Where the SDK's download can't be reached, the same server comes as a Java program from Maven Central.
import { cachedJavaProgram, getJavaProgram } from "./java-program.ts";

const program = {
  groupId: "io.temporal",
  artifactId: "temporal-test-server",
  version: "1.32.1",
  mainClass: "io.temporal.testserver.TestServer",
};

/** Where the server's script is kept, whether it is there or not. */
export function cachedTimeSkippingServer(): string {
  return cachedJavaProgram(program);
}

/**
 * Gets the server from Maven Central; the path of a script that starts it.
 *
 * @throws Error that says what is missing.
 */
export async function getTimeSkippingJar(): Promise<string> {
  return getJavaProgram(program);
}
