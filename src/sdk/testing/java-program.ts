// A Java program from Maven Central, kept with a script that starts it. It is put together beside its place and moved there
// in one step, so that of two processes at once one wins and both can go on.
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { testEnvironment } from "./environment.ts";

const oldestJava = 17;
const mavenTimeoutMs = 300_000;
const run = promisify(execFile);

/** Which program, and where it begins. */
export interface JavaProgram {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  readonly mainClass: string;
}

/** Where the program's script is kept, whether it is there or not. */
export function cachedJavaProgram({ artifactId, version }: JavaProgram): string {
  return join(cacheDirectory(), `${artifactId}-${version}`, artifactId);
}

export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Gets the program from Maven Central; the path of a script that starts it.
 *
 * @throws Error that says what is missing.
 */
export async function getJavaProgram(program: JavaProgram): Promise<string> {
  await assertJava();
  const script = cachedJavaProgram(program);
  const place = join(script, "..");
  await mkdir(cacheDirectory(), { recursive: true });
  const making = await mkdtemp(`${place}-`);
  try {
    await writeFile(join(making, "pom.xml"), pomOf(program));
    const copy = ["-q", "-B", "-f", join(making, "pom.xml"), "dependency:copy-dependencies", "-DincludeScope=runtime"];
    await run("mvn", [...copy, `-DoutputDirectory=${join(making, "lib")}`], { timeout: mavenTimeoutMs });
    await writeFile(join(making, program.artifactId), startScriptOf(program), { mode: 0o755 });
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

function startScriptOf({ mainClass }: JavaProgram): string {
  return `#!/bin/sh
exec java -cp "$(dirname "$0")/lib/*" ${mainClass} "$@"
`;
}

function pomOf({ groupId, artifactId, version }: JavaProgram): string {
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>tenuto</groupId>
  <artifactId>java-program</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>${groupId}</groupId>
      <artifactId>${artifactId}</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
}
