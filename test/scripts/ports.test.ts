import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { sourceFlags } from "../../scripts/source-flags.mjs";
import { portProblems } from "../../src/dev/ports.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

async function occupiedPort(t: TestContext): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

test("npm run dev names every busy port with the variable that moves it, and exits 1", async (t) => {
  const [api, ui] = [await occupiedPort(t), await occupiedPort(t)];
  const free = async () => String(await freePort());

  const { status, stderr } = spawnSync(process.execPath, [...sourceFlags, "src/bin/dev.ts"], {
    cwd: root,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      TENUTO_PORT: String(api),
      TENUTO_SANDBOX_PORT: await free(),
      TENUTO_METRICS_PORT: await free(),
      TENUTO_TEMPORAL_PORT: await free(),
      TENUTO_TEMPORAL_UI_PORT: String(ui),
    },
  });

  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`port ${api} \\(API\\) is in use: set TENUTO_PORT to another port`));
  assert.match(stderr, new RegExp(`port ${ui} \\(Temporal Web UI\\) is in use: set TENUTO_TEMPORAL_UI_PORT`));
  assert.doesNotMatch(stderr, /TENUTO_SANDBOX_PORT|TENUTO_METRICS_PORT|TENUTO_TEMPORAL_PORT/);
});

test("one port asked for by two variables is named by both", async () => {
  const port = await freePort();
  const claim = { port, host: "127.0.0.1", use: "a server" };

  const problems = await portProblems([
    { ...claim, variable: "TENUTO_PORT" },
    { ...claim, variable: "TENUTO_SANDBOX_PORT" },
  ]);

  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? "", /asked for by TENUTO_SANDBOX_PORT as well: set TENUTO_PORT/);
});
