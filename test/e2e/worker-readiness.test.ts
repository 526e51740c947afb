import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { startEntryPoint } from "../rig/entry-point.ts";
import { eventually } from "../rig/eventually.ts";

test("a worker is ready only while it polls a server that answers: before the first connection, and after a crash, it is not", async (t) => {
  const binary = process.env["TEMPORAL_CLI_PATH"];
  assert.ok(binary, "npm test gives the server's path");
  const directory = await mkdtemp(join(tmpdir(), "tenuto-readiness-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const port = await freePort();
  const metricsPort = await freePort();
  const url = `http://127.0.0.1:${metricsPort}`;
  const worker = await startEntryPoint("worker", {
    readyUrl: `${url}/healthz`,
    env: { TEMPORAL_ADDRESS: `127.0.0.1:${port}`, TENUTO_METRICS_PORT: String(metricsPort) },
  });
  t.after(() => worker.stop());
  const readyz = async () => (await fetch(`${url}/readyz`)).status;

  assert.equal(await readyz(), 503);
  await eventually("it says that it waits", () => worker.output().includes("can't be reached; next try in"));

  const options = { binary, dbFile: join(directory, "temporal.db"), port };
  const first = await startEmbeddedServer(options);
  await eventually("it is ready", async () => (await readyz()) === 200);
  assert.match(await (await fetch(`${url}/metrics`)).text(), /^temporal_num_pollers/m);

  first.kill("SIGKILL");
  await first.exited;
  await eventually("it is not ready without a server", async () => (await readyz()) === 503);

  const second = await startEmbeddedServer(options);
  t.after(() => second.stop());
  await eventually("it is ready again", async () => (await readyz()) === 200);
});
