import assert from "node:assert/strict";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { test, type TestContext } from "node:test";
import { testFlags } from "../../scripts/source-flags.mjs";
import { charge, makeDataDir, readLines, send, untilPending } from "./fixture.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";

const entry = join(import.meta.dirname, "../../src/bin/sandbox.ts");

test("the process says where it listens, and SIGTERM ends it at once with nothing lost", async (t) => {
  const dataDir = await makeDataDir(t);
  const port = await freePort();
  const child = start(t, { TENUTO_SANDBOX_PORT: String(port), TENUTO_DATA_DIR: dataDir });
  const [line] = (await once(child.stdout, "data")) as [string];
  const ledgerPath = join(dataDir, "ledger.jsonl");
  const url = `http://127.0.0.1:${port}`;
  assert.equal(line, `sandbox: listening on ${url}, ledger ${ledgerPath}\n`);

  const post = (key: string, card: string) =>
    send(`${url}/payments/charge`, { method: "POST", key, body: charge("o-1", card) });
  await post("k-1", "ok");
  const waiting = assert.rejects(post("k-2", "late-60"));
  await untilPending(url, "k-2");
  const signaledAt = Date.now();
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  await waiting;
  assert.equal(code, 0);
  assert.ok(Date.now() - signaledAt < 30_000, "it did not wait for the late answer");
  assert.deepEqual(
    (await readLines(ledgerPath)).map(({ key }) => key),
    ["k-1"],
  );
});

test("a busy port ends the process with 1 and names TENUTO_SANDBOX_PORT", async (t) => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  t.after(() => blocker.close());
  const { port } = blocker.address() as AddressInfo;
  const child = start(t, { TENUTO_SANDBOX_PORT: String(port), TENUTO_DATA_DIR: await makeDataDir(t) });
  const [[message], [code]] = (await Promise.all([once(child.stderr, "data"), once(child, "exit")])) as [
    [string],
    [number],
  ];
  assert.equal(code, 1);
  assert.match(message, new RegExp(`^sandbox: port ${port} .*TENUTO_SANDBOX_PORT`));
  assert.doesNotMatch(message, /\n {4}at /);
});

function start(
  context: TestContext,
  variables: Readonly<Record<string, string>>,
): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(process.execPath, [...testFlags, entry], {
    env: { ...process.env, TENUTO_HOST: "", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  context.after(() => child.kill("SIGKILL"));
  return child;
}
