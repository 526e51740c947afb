import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

async function npmTest(file: string, more: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const { NODE_TEST_CONTEXT: _, TENUTO_TEST_TEMPORAL_ADDRESS: __, CI: ___, ...env } = process.env;
  const child = spawn(process.execPath, ["scripts/test.mjs", ...flags, `test/scripts/fixtures/${file}`], {
    cwd: root,
    env: { ...env, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

test("npm test leaves the server of TEMPORAL_ADDRESS alone and hides it from the tests", async (t) => {
  let connections = 0;
  const somebodysServer = createServer((socket) => {
    connections++;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(somebodysServer, "listening");
  t.after(() => somebodysServer.close());
  const { port } = somebodysServer.address() as AddressInfo;

  const { code, stdout, stderr } = await npmTest("sees-no-temporal-address.ts", {
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    TEMPORAL_NAMESPACE: "somebodys",
    TENUTO_PORT: "1",
  });

  assert.equal(code, 0, stdout + stderr);
  assert.equal(connections, 0);
});

// A server of one's own is never started by npm test: the address is handed on, and nothing needs to listen there.
const given = { TENUTO_TEST_TEMPORAL_ADDRESS: "127.0.0.1:9" };

test("a skipped test passes on a laptop and fails in CI", async () => {
  const laptop = await npmTest("skips.ts", given);
  const ci = await npmTest("skips.ts", { ...given, CI: "true" });

  assert.equal(laptop.code, 0, laptop.stdout + laptop.stderr);
  assert.equal(ci.code, 1);
  assert.match(ci.stderr, /npm test fails: 1 skipped and 0 todo tests/);
  assert.match(ci.stdout.trim().split("\n").at(-1) ?? "", /^ℹ duration_ms/);
});

test("a run without any test fails", async () => {
  const { code, stderr } = await npmTest("sees-no-temporal-address.ts", given, "--test-name-pattern=no such test");

  assert.equal(code, 1);
  assert.match(stderr, /npm test fails: no test ran/);
});

test("a test file that isn't there is named", async () => {
  const { code, stderr } = await npmTest("missing.ts", given);

  assert.equal(code, 1);
  assert.match(stderr, /There is no test file "test\/scripts\/fixtures\/missing\.ts"/);
});
