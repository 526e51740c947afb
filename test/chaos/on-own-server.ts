// What the long forms of chaos have in common: a Temporal server of their own, and a log that tells the time.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";

interface ChaosPlace {
  readonly address: string;
  readonly log: (line: string) => void;
}

/** Runs it; the process fails when it answers that not all is well. */
export async function onOwnServer(chaos: (place: ChaosPlace) => Promise<boolean>): Promise<void> {
  const startedAt = Date.now();
  const log = (line: string) => console.log(`${((Date.now() - startedAt) / 1_000).toFixed(0).padStart(5)} s  ${line}`);
  const directory = await mkdtemp(join(tmpdir(), "tenuto-chaos-"));
  const server = await startEmbeddedServer({
    binary: process.env["TEMPORAL_CLI_PATH"] ?? "temporal",
    dbFile: join(directory, "temporal.db"),
    // It tells of each call that a killed process has cut off.
    onLine: () => undefined,
  });
  try {
    process.exitCode = (await chaos({ address: server.address, log })) ? 0 : 1;
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}
