import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { Connection } from "@temporalio/client";
import { eventually } from "../rig/eventually.ts";
import { isAlive } from "../rig/is-alive.ts";
import { historyShards } from "./sql-server.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** `npm run testbed` with a folder of its own for what it keeps. */
async function startTestbed(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "tenuto-testbed-"));
  // For root's PostgreSQL, which is another user's.
  chmodSync(folder, 0o711);
  const child = spawn(process.execPath, ["scripts/testbed.mjs"], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const address = await eventually("the test bed is up", () => {
    if (child.exitCode !== null) throw new Error(`It ended with exit code ${child.exitCode}.`);
    return /PostgreSQL at (\S+),/.exec(output)?.[1];
  });
  return { child, folder, address, postgres: postgresPid(folder) };
}

function postgresPid(folder: string): number {
  const [name = ""] = readdirSync(folder).filter((each) => each.startsWith("tenuto-postgresql-"));
  return Number(readFileSync(join(folder, name, "data", "postmaster.pid"), "utf8").split("\n")[0]);
}

test("it has several history shards, PostgreSQL for all it stores, and Tenuto's search attributes", async (t) => {
  const { child, folder, address, postgres } = await startTestbed(t);
  const connection = await Connection.connect({ address });
  t.after(() => connection.close());

  const { historyShardCount, persistenceStore, visibilityStore } = await connection.workflowService.getClusterInfo({});
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: "default" });

  assert.deepEqual([historyShardCount, persistenceStore, visibilityStore], [historyShards, "postgres12", "postgres12"]);
  assert.ok("TenutoMarks" in customAttributes);

  child.kill("SIGINT");
  assert.deepEqual(await once(child, "exit"), [0, null]);
  assert.ok(!isAlive(postgres));
  assert.ok(!(await listens(address)));
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith("tenuto-")),
    [],
  );
});

test("killed with -9, it takes both servers with it", async (t) => {
  const { child, address, postgres } = await startTestbed(t);

  child.kill("SIGKILL");

  await eventually("both servers have ended", async () => !isAlive(postgres) && !(await listens(address)));
});

function listens(address: string): Promise<boolean> {
  const [host = "", port] = address.split(":");
  return new Promise((resolve) => {
    const socket = createConnection({ host, port: Number(port) }, () => resolve(true));
    socket.once("connect", () => socket.destroy()).once("error", () => resolve(false));
  });
}
