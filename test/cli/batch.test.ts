import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { eventually } from "../rig/eventually.ts";
import { type BatchServer, startBatchServer } from "./fixtures/batch-server.ts";
import { command, spawnTenuto, tenuto } from "./fixtures/tenuto-command.ts";

const letters = [{ error: { type: "Declined" } }, { error: { type: "Broken" } }];
const over = (progress: object) => ({
  status: "completed",
  closedAt: "2026-01-31T09:31:00.000Z",
  progress: { total: 3, done: 0, refused: 0, failed: 0, skipped: 0, ...progress },
});
const redriveAll = ["dead-letters", "redrive", "--all", "--reason", "healed"];
const at = ({ url }: BatchServer) => ({ env: { TENUTO_URL: url } });

test("many dead letters are not redriven without a yes: without a terminal that ends with 2 and says how many", async (t) => {
  const server = await startBatchServer(t, { letters });

  const all = await tenuto(redriveAll, at(server));
  const some = await tenuto(["dead-letters", "discard", "--error", "Broken", "--reason", "r"], at(server));
  const named = await tenuto(["dead-letters", "redrive", "a", "b", "a", "--reason", "r"], at(server));

  assert.deepEqual([all.code, some.code, named.code], [2, 2, 2]);
  assert.match(all.stderr, /This would redrive 2 dead letters\. .*--yes.*--dry-run/);
  assert.match(some.stderr, /This would discard 1 dead letter\./);
  assert.match(named.stderr, /This would redrive 2 dead letters\./);
  assert.deepEqual(server.changes, []);
});

test("where nothing fits there is nothing to do, and that ends with 0", async (t) => {
  const server = await startBatchServer(t);

  const { code, stdout, stderr } = await tenuto(redriveAll, at(server));

  assert.deepEqual([code, stdout], [0, ""]);
  assert.match(stderr, /^There is nothing to do: no open dead letter fits\.\n$/);
  assert.deepEqual(server.changes, []);
});

/** [the arguments, what is sent]. */
const starts: readonly (readonly [readonly string[], object])[] = [
  [redriveAll, { action: "redrive", filter: { all: true }, reason: "healed", dryRun: false }],
  [
    ["dead-letters", "redrive", "a", "b", "--mode", "compensate", "--reason", "r", "--rate", "5"],
    {
      action: "redrive",
      filter: { ids: ["a", "b"] },
      mode: "compensate",
      reason: "r",
      dryRun: false,
      ratePerSecond: 5,
    },
  ],
  [
    ["dead-letters", "discard", "--type", "t", "--step", "s", "--error", "E", "--until", "2026-01-31", "--dry-run"],
    {
      action: "discard",
      filter: { type: "t", step: "s", until: "2026-01-31T00:00:00.000Z", error: "E" },
      reason: "dry run",
      dryRun: true,
    },
  ],
  [
    ["batch", "start", "cancel", "--type", "t", "--mark", "parked", "--reason", "r"],
    { action: "cancel", filter: { type: "t", mark: "parked" }, reason: "r", dryRun: false },
  ],
  [
    ["batch", "start", "signal", "order-1", "--type", "t", "--signal", "go", "--input", '{"ok":true}', "--reason", "r"],
    {
      action: "signal",
      filter: { ids: ["order-1"], type: "t" },
      signal: { name: "go", input: { ok: true } },
      reason: "r",
      dryRun: false,
    },
  ],
];

for (const [args, body] of starts) {
  test(`tenuto ${args.join(" ")} --yes starts the batch that it says, and tells its id`, async (t) => {
    const server = await startBatchServer(t);

    const { code, stdout, stderr } = await tenuto([...args, "--yes"], at(server));

    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Started batch batch-1(, a dry run)?\.\n.*tenuto batch show batch-1 --watch\n$/);
    assert.deepEqual(
      server.asked.map(({ what }) => what),
      ["POST /v1/batch-operations"],
    );
    assert.deepEqual(server.changes[0]?.body, body);
  });
}

test("a start is sent again after a 503, under the same key", async (t) => {
  const body = { status: 503, code: "TEMPORAL_UNAVAILABLE", title: "Service Unavailable", detail: "away" };
  const server = await startBatchServer(t, { refusals: [{ status: 503, body }] });

  const { code } = await tenuto([...redriveAll, "--yes"], at(server));

  assert.equal(code, 0);
  const [first, second] = server.changes.map(({ key }) => key);
  assert.match(first ?? "", /^[0-9a-f-]{36}$/);
  assert.deepEqual([second, server.changes.length], [first, 2]);
});

test("a batch that is watched to its end ends with 0 when all was done, and with 6 when not", async (t) => {
  const running = { progress: { total: 3, done: 1, refused: 0, failed: 0, skipped: 0 } };
  const done = await startBatchServer(t, { states: [running, over({ done: 2, skipped: 1 })] });
  const refused = await startBatchServer(t, { states: [running, over({ done: 2, refused: 1 })] });
  const stopped = {
    ...over({ done: 1 }),
    status: "stopped",
    stopped: { by: "bob", reason: "no", at: "2026-01-31T09:31:00Z" },
  };
  const halted = await startBatchServer(t, { states: [stopped] });

  const [good, bad, shown] = await Promise.all([
    tenuto([...redriveAll, "--yes", "--watch", "--json"], at(done)),
    tenuto([...redriveAll, "--yes", "--watch"], at(refused)),
    tenuto(["batch", "show", "batch-1", "--watch"], at(halted)),
  ]);

  assert.deepEqual([good.code, bad.code, shown.code], [0, 6, 6]);
  assert.equal((JSON.parse(good.stdout) as { status: string }).status, "completed");
  assert.match(
    good.stderr,
    /^redrive: running, 0 of 3: 0 done.*\nredrive: completed, 3 of 3: 2 done, 0 refused, 0 failed, 1 skipped\n$/,
  );
  assert.match(bad.stdout, /^Status +completed$[^]*^Progress +3 of 3: 2 done, 1 refused, 0 failed, 0 skipped$/m);
  assert.match(bad.stdout, /^See why: tenuto batch items batch-1 --outcome refused$/m);
  assert.match(shown.stdout, /^Stopped +by bob: no, 2026-01-31 09:31:00 UTC/m);
});

test("Ctrl-C ends the watching with 130, and says that the batch goes on and how to stop it", async (t) => {
  const server = await startBatchServer(t);
  const { child, ended, stderr } = spawnTenuto([...redriveAll, "--yes", "--watch"], at(server));
  await eventually("the batch is watched", () => stderr().includes("redrive: running"));
  child.kill("SIGINT");

  const { code, ...printed } = await ended;

  assert.equal(code, 130);
  assert.match(printed.stderr, /The batch goes on\. .*\nStop it: tenuto batch stop batch-1 --reason "…"\n$/);
  assert.deepEqual(
    server.changes.map(({ what }) => what),
    ["POST /v1/batch-operations"],
  );
});

test("lists batches, shows one, lists its items with why, and stops it", async (t) => {
  const items = [
    { id: "a", workflowId: "order-1", outcome: "refused", message: "sound now:\u001b[31m restart" },
    { id: "b", workflowId: "order-2", outcome: "done", what: "continue" },
  ];
  const server = await startBatchServer(t, { items });

  const list = await tenuto(["batch", "list", "--status", "running"], at(server));
  const show = await tenuto(["batch", "show", "batch-1"], at(server));
  const outcomes = await tenuto(["batch", "items", "batch-1", "--outcome", "refused"], at(server));
  const stop = await tenuto(["batch", "stop", "batch-1", "--reason", "enough"], at(server));

  assert.deepEqual([list.code, show.code, outcomes.code, stop.code], [0, 0, 0, 0]);
  assert.match(
    list.stdout,
    /^ID +AGE +ACTION +STATUS +BY +PROGRESS +OF\nbatch-1 +\d+d +redrive +running +ada +0 of 3: 0 done/,
  );
  assert.match(show.stdout, /^Batch +batch-1\nStatus +running\nAction +redrive\nOf +all\n/);
  assert.match(outcomes.stdout, /\na +order-1 +refused +sound now:\\x1b\[31m restart\nb +order-2 +done +continue\n$/);
  assert.equal(stop.stdout, "Batch batch-1 stops after what is under way.\n");
  assert.deepEqual(
    server.asked.map(({ what }) => what),
    [
      "GET /v1/batch-operations?status=running&limit=20",
      "GET /v1/batch-operations/batch-1",
      "GET /v1/batch-operations/batch-1/items?outcome=refused&limit=50",
      "POST /v1/batch-operations/batch-1/stop",
    ],
  );
  assert.deepEqual(server.changes[0]?.body, { reason: "enough" });
});

/** Runs the command on a terminal of its own, and types once it asks. */
async function onTerminal(t: TestContext, server: BatchServer, typed: string) {
  const quoted = [process.execPath, ...command, ...redriveAll].map((word) => `'${word}'`).join(" ");
  const env = { ...process.env, TENUTO_URL: server.url, TENUTO_API_KEY: "" };
  const child = spawn("script", ["-qefc", quoted, "/dev/null"], { env, stdio: ["pipe", "pipe", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (shown += text));
  child.stdin.on("error", () => undefined);
  await eventually("it asks", () => shown.includes("[y/N]"));
  child.stdin.write(typed);
  const [code] = (await once(child, "exit")) as [number | null];
  return { code, shown };
}

const noPty = process.platform === "linux" ? false : "script(1) of util-linux gives the terminal";

test("on a terminal it asks with how many, and only a yes starts the batch", { skip: noPty }, async (t) => {
  /** [what is typed, the exit code, whether a batch is started]. */
  const answers = [
    ["y\r", 0, 1],
    ["n\r", 1, 0],
    ["\u0003", 130, 0],
    ["\u0004", 1, 0],
  ] as const;
  for (const [typed, exit, started] of answers) {
    const server = await startBatchServer(t, { letters });

    const { code, shown } = await onTerminal(t, server, typed);

    assert.match(shown, /Redrive 2 dead letters\? \[y\/N\]/);
    assert.deepEqual([code, server.changes.length], [exit, started], `after ${JSON.stringify(typed)}: ${shown}`);
  }
});
