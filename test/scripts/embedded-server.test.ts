import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { readServerProfile, serverArguments } from "../../src/dev/server-profile.ts";
import { temporaryFolder } from "./temporary.ts";

const binary = process.env["TEMPORAL_CLI_PATH"] ?? "temporal";
const temporal = async (address: string, ...args: string[]) =>
  (await promisify(execFile)(binary, [...args, "--address", address, "-o", "json"])).stdout;

test("the embedded server gets the values of deploy/temporal", () => {
  const args = serverArguments(readServerProfile(), { dbFile: "a.db", port: 1, uiPort: 2 }).join(" ");

  assert.match(args, /--dynamic-config-value history\.transferProcessorMaxPollRPS=2000/);
  assert.match(args, /--dynamic-config-value matching\.enableFairness=true/);
  assert.match(args, /--search-attribute TenutoMarks=KeywordList/);
  assert.match(args, /--sqlite-pragma journal_mode=WAL/);
});

test("a server killed with -9 has its runs and search attributes back on the same file", async (t) => {
  const dbFile = join(temporaryFolder(t), "temporal.db");
  const first = await startEmbeddedServer({ binary, dbFile });
  await temporal(first.address, "workflow", "start", "--type", "w", "--task-queue", "q", "--workflow-id", "kept");
  first.kill("SIGKILL");
  assert.equal((await first.exited).signal, "SIGKILL");

  const second = await startEmbeddedServer({ binary, dbFile, port: first.port });
  t.after(() => second.stop());

  assert.notEqual(second.pid, first.pid);
  assert.match(await temporal(second.address, "workflow", "describe", "--workflow-id", "kept"), /"workflowId": "kept"/);
  assert.match(await temporal(second.address, "operator", "search-attribute", "list"), /TenutoMarks/);
});

test("a server that can't start says why", async (t) => {
  const dbFile = join(temporaryFolder(t), "temporal.db");
  const running = await startEmbeddedServer({ binary, dbFile });
  t.after(() => running.stop());

  await assert.rejects(
    startEmbeddedServer({ binary, dbFile: `${dbFile}2`, port: running.port, onLine: () => undefined }),
    /ended before it answered \(exit code 1\):\n.*address already in use/s,
  );
});
