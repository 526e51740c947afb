// npm run fuzz -- api [--max-examples 400] [--seed 1]: Schemathesis asks a whole Tenuto, by its OpenAPI document, with every
// check it has. schemathesis.toml beside this file lists what is accepted, and why.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findSchemathesis } from "../../scripts/schemathesis.mjs";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { startEntryPoint } from "../rig/entry-point.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { startStack } from "../rig/stack.ts";

const { values } = parseArgs({
  options: {
    "max-examples": { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
  },
});

const secret = randomUUID();
const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };

const program = await findSchemathesis({ env: process.env, log: console.error });
const directory = await mkdtemp(join(tmpdir(), "tenuto-fuzz-"));
const binary = process.env["TEMPORAL_CLI_PATH"] ?? "temporal";
const server = await startEmbeddedServer({ binary, dbFile: join(directory, "temporal.db"), onLine: () => undefined });
// What somebody makes up is not replayed: a run may be terminated in the middle of anything.
const stack = await startStack(server.address, async () => undefined);
try {
  await stack.startWorker();
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...stack.env,
    TENUTO_PORT: port,
    TENUTO_API_KEYS: `fuzz:admin+approver:${secret}`,
    TENUTO_RATE_LIMIT: "1000000",
    TENUTO_LOG_LEVEL: "error",
  };
  const api = await startEntryPoint("api", { readyUrl: `${url}/readyz`, env });
  try {
    await fileReturn(url);
    process.exitCode = await fuzz(url, { letter: await parkedLetter(url), task: await waitingTask(url) });
  } finally {
    console.log(api.output());
    await api.stop();
  }
} finally {
  await stack.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}

/** A run that is a state machine, and waits for events. */
async function fileReturn(url: string): Promise<void> {
  const input = { orderId: "fuzz", chargeId: "ch_fuzz", amountCents: 100, lines: [{ sku: "mug", quantity: 1 }] };
  const body = JSON.stringify({ input });
  const { ok } = await fetch(`${url}/v1/workflow-types/returnRequest/runs`, { method: "POST", headers, body });
  if (!ok) throw new Error("A return could not be filed");
}

/** The dead letter of an order that can't be charged, so that there is one to ask for. */
async function parkedLetter(url: string): Promise<string> {
  const places = [
    anOrder({ id: "fuzz-done" }),
    anOrder({ id: "fuzz-waiting", lines: [{ sku: "sofa", quantity: 1, unitCents: 90_000 }] }),
    anOrder({ id: "fuzz-parked", card: "unavailable" }),
  ];
  for (const input of places) {
    const body = JSON.stringify({ input });
    const { ok } = await fetch(`${url}/v1/workflow-types/fulfillOrder/runs`, { method: "POST", headers, body });
    if (!ok) throw new Error("An order could not be placed");
  }
  const listed = async () => {
    const { items } = (await (await fetch(`${url}/v1/dead-letters`, { headers })).json()) as {
      items: { id: string }[];
    };
    return items[0]?.id;
  };
  return eventually("the order is parked", listed, { withinMs: 240_000 });
}

/** The task of the order that waits; it was put long before the other one was parked. */
async function waitingTask(url: string): Promise<string> {
  const { items } = (await (await fetch(`${url}/v1/tasks`, { headers })).json()) as { items: { taskId: string }[] };
  return items[0]?.taskId ?? "none";
}

async function fuzz(url: string, { letter, task }: { letter: string; task: string }): Promise<number> {
  const args = [
    ...["--config-file", fileURLToPath(new URL("schemathesis.toml", import.meta.url))],
    ...["run", `${url}/openapi.json`, "--checks", "all", "--continue-on-failure"],
    ...["--max-examples", values["max-examples"], "--seed", values.seed, "--no-color"],
  ];
  const env = { ...process.env, FUZZ_SECRET: secret, FUZZ_DEAD_LETTER: letter, FUZZ_TASK: task };
  const child = spawn(program, args, { cwd: directory, env, stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}
