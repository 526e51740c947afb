// Where the SDK's download can't be reached, the same server comes as a Java program from Maven Central. It is put
// together beside its place and moved there in one step, so that of two processes at once one wins and both can go on.
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { testEnvironment } from "./environment.ts";

const version = "1.32.1";
const oldestJava = 17;
const mavenTimeoutMs = 300_000;
const run = promisify(execFile);

/** Where the server's script is kept, whether it is there or not. */
export function cachedTimeSkippingServer(): string {
  return join(cacheDirectory(), `temporal-test-server-${version}`, "temporal-test-server");
}

export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Gets the server from Maven Central; the path of a script that starts it.
 *
 * @throws Error that says what is missing.
 */
export async function getTimeSkippingJar(): Promise<string> {
  await assertJava();
  const script = cachedTimeSkippingServer();
  const place = join(script, "..");
  await mkdir(cacheDirectory(), { recursive: true });
  const making = await mkdtemp(`${place}-`);
  try {
    await writeFile(join(making, "pom.xml"), pom);
    const copy = ["-q", "-B", "-f", join(making, "pom.xml"), "dependency:copy-dependencies", "-DincludeScope=runtime"];
    await run("mvn", [...copy, `-DoutputDirectory=${join(making, "lib")}`], { timeout: mavenTimeoutMs });
    await writeFile(join(making, "temporal-test-server"), startScript, { mode: 0o755 });
    await rename(making, place).catch(async (error: unknown) => {
      if (!(await isThere(script))) throw error;
    });
    return script;
  } catch (error) {
    throw new Error(`mvn failed (${firstLine(error)})`, { cause: error });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function assertJava(): Promise<void> {
  const { stderr } = await run("java", ["-version"]).catch((error: unknown) => {
    throw new Error(`java can't be run (${firstLine(error)})`, { cause: error });
  });
  const major = /version "(\d+)/.exec(stderr)?.[1];
  if (Number(major) < oldestJava) throw new Error(`java is ${major ?? "unknown"}, and ${oldestJava} is needed`);
}

function cacheDirectory(): string {
  return join(testEnvironment("XDG_CACHE_HOME") ?? join(homedir(), ".cache"), "tenuto");
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

const startScript = `#!/bin/sh
exec java -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>tenuto</groupId>
  <artifactId>time-skipping</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
