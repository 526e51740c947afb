import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedServer, startEmbeddedServer } from "../src/dev/embedded-server.ts";

/** A Temporal server as `npm run dev` starts it, with data of its own; the clean-ups end it and throw its data away. */
export async function startTunedServer(cleanUps: (() => Promise<void> | void)[]): Promise<EmbeddedServer> {
  const directory = mkdtempSync(join(tmpdir(), "tenuto-bench-"));
  cleanUps.push(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  });
  const binary = process.env["TEMPORAL_CLI_PATH"] ?? "temporal";
  const server = await startEmbeddedServer({ binary, dbFile: join(directory, "temporal.db") });
  cleanUps.push(() => server.stop());
  return server;
}
