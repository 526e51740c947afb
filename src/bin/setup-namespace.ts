/** Waits for the Temporal server and makes its namespace what deploy/temporal/namespace.json says. Safe to repeat. */
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection, isGrpcServiceError, type ConnectionOptions } from "@temporalio/client";
import { loadClientConnectConfig } from "@temporalio/envconfig";
import { z } from "zod";
import { searchAttributeKinds, setUpNamespace } from "tenuto/client";

const waitMs = 60_000;

// Two levels up is the repository (or /app in the image), from src/bin and from dist/bin alike.
const settingsFile = new URL("../../deploy/temporal/namespace.json", import.meta.url);
const Settings = z.strictObject({
  retentionDays: z.int().positive(),
  searchAttributes: z.record(z.string().min(1), z.enum(searchAttributeKinds)),
});

try {
  await main();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const settings = Settings.parse(JSON.parse(await readFile(settingsFile, "utf8")));
  const { connectionOptions, namespace = "default" } = loadClientConnectConfig();
  const connection = await connectWhenUp(connectionOptions);
  try {
    const changes = await setUpNamespace(connection, { namespace, ...settings });
    const done = [
      changes.registered && "registered",
      changes.retentionLengthened && `retention now ${settings.retentionDays} days`,
      changes.attributesAdded.length > 0 && `added ${changes.attributesAdded.join(", ")}`,
    ].filter(Boolean);
    console.log(`Namespace "${namespace}" is ready (${done.join("; ") || "nothing to change"}).`);
  } finally {
    await connection.close();
  }
}

async function connectWhenUp(options: ConnectionOptions): Promise<Connection> {
  const deadline = Date.now() + waitMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await Connection.connect({ ...options, connectTimeout: "5s" });
    } catch (error) {
      const address = options.address ?? "localhost:7233";
      if (isRefusal(error) || Date.now() > deadline) {
        const fault = isRefusal(error) ? "refused us" : `did not answer within ${waitMs / 1000} s`;
        throw new Error(
          `The Temporal server at ${address} ${fault} (${messageOf(error)}). Check TEMPORAL_ADDRESS, the TEMPORAL_TLS_* variables and TEMPORAL_API_KEY, and that the server runs.`,
          { cause: error },
        );
      }
      if (attempt === 1) console.log(`Waiting up to ${waitMs / 1000} s for the Temporal server at ${address}.`);
      await sleep(250);
    }
  }
}

/** The server is there and says no: waiting would not help. */
function isRefusal(error: unknown): boolean {
  const permissionDenied = 7;
  const unauthenticated = 16;
  return isGrpcServiceError(error) && [permissionDenied, unauthenticated].includes(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
