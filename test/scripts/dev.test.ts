import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { sourceFlags } from "../../scripts/source-flags.mjs";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { isAlive } from "../rig/is-alive.ts";
import { eventually, temporaryFolder } from "./temporary.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Session {
  readonly child: ChildProcess;
  readonly sources: string;
  output(): string;
  said(text: RegExp): Promise<RegExpExecArray>;
  /** What the stand-in behind a port answers, or undefined when nobody does. */
  ask(of: "worker" | "api"): Promise<{ readonly pid: number; readonly version?: string } | undefined>;
  pids(): Promise<readonly number[]>;
}

/** `npm run dev` with stand-ins for its processes; ended after the test if it isn't before. */
async function startDev(t: TestContext, more: Readonly<Record<string, string>> = {}): Promise<Session> {
  const sources = temporaryFolder(t);
  mkdirSync(join(sources, "workflows"));
  writeFileSync(join(sources, "workflows", "code.ts"), 'export const version = "one";\n');
  const ports = { worker: await freePort(), api: await freePort() };
  const child = spawn(process.execPath, [...sourceFlags, "test/scripts/fixtures/dev-with-stand-ins.ts"], {
    cwd: root,
    // The channel ends it when the tests are broken off.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env["PATH"],
      STAND_IN_SOURCES: sources,
      TENUTO_DATA_DIR: join(sources, "data"),
      TENUTO_PORT: String(ports.api),
      TENUTO_METRICS_PORT: String(ports.worker),
      TENUTO_SANDBOX_PORT: String(await freePort()),
      TENUTO_TEMPORAL_PORT: String(await freePort()),
      TENUTO_TEMPORAL_UI_PORT: String(await freePort()),
      ...more,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  t.after(async () => {
    child.kill("SIGKILL");
    await eventually("the end of npm run dev", () => (hasEnded(child) ? true : undefined));
  });
  const session: Session = {
    child,
    sources,
    output: () => output,
    said: (text) =>
      eventually(
        () => `${text} in:\n${output}`,
        () => text.exec(output) ?? undefined,
      ),
    async ask(of) {
      try {
        const answer = await fetch(`http://127.0.0.1:${ports[of]}/readyz`, { signal: AbortSignal.timeout(2_000) });
        return (await answer.json()) as { pid: number; version: string };
      } catch {
        return undefined;
      }
    },
    async pids() {
      const [worker, api] = await Promise.all([session.ask("worker"), session.ask("api")]);
      assert.ok(worker && api);
      return [worker.pid, api.pid, Number(/sandbox *│ pid (\d+)/.exec(output)?.[1])];
    },
  };
  await session.said(/Ready\./);
  return session;
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
const somebodysServer = { TEMPORAL_ADDRESS: "127.0.0.1:9" };

async function allGone(pids: readonly number[]): Promise<void> {
  await eventually(`the end of ${pids.join(", ")}`, () => (pids.some(isAlive) ? undefined : true));
}

test("a process that dies is started again, and SIGTERM ends them all", async (t) => {
  const dev = await startDev(t, somebodysServer);
  const [worker = 0] = await dev.pids();

  process.kill(worker, "SIGKILL");
  const next = await eventually("a new worker", async () => {
    const answer = await dev.ask("worker");
    return answer && answer.pid !== worker ? answer.pid : undefined;
  });
  await dev.said(/worker *│ ended unexpectedly \(signal SIGKILL\); starts again in 1 s/);
  const pids = await dev.pids();
  assert.ok(pids.includes(next));

  dev.child.kill("SIGTERM");
  await eventually("its end", () => (hasEnded(dev.child) ? true : undefined));
  assert.equal(dev.child.exitCode, 0);
  await allGone(pids);
});

test("with the embedded server, no process is left when npm run dev is killed with -9", async (t) => {
  const dev = await startDev(t, { TEMPORAL_CLI_PATH: process.env["TEMPORAL_CLI_PATH"] ?? "temporal" });
  const address = (await dev.said(/namespace at (127\.0\.0\.1:\d+)/))[1] ?? "";
  const pids = await dev.pids();

  dev.child.kill("SIGKILL");

  await allGone(pids);
  await eventually("the end of the server", async () => ((await isOpen(address)) ? undefined : true));
});

test("a changed worker takes over when it has loaded", async (t) => {
  const dev = await startDev(t, somebodysServer);
  const before = await dev.ask("worker");

  writeFileSync(join(dev.sources, "workflows", "code.ts"), 'export const version = "two";\n');

  const after = await eventually("the new version", async () => {
    const answer = await dev.ask("worker");
    return answer?.version === "two" ? answer : undefined;
  });
  assert.notEqual(after.pid, before?.pid);
  await dev.said(/worker *│ draining[^]*worker *│ reloaded/);
});

test("a change that does not load keeps the old worker and shows the file and the line", async (t) => {
  const dev = await startDev(t, somebodysServer);
  const before = await dev.ask("worker");

  writeFileSync(join(dev.sources, "workflows", "code.ts"), "\nexport const version = ;\n");

  await dev.said(/code\.ts:2:\d+/);
  await dev.said(/worker *│ the change does not load; the previous worker goes on/);
  assert.deepEqual(await dev.ask("worker"), before);
  writeFileSync(join(dev.sources, "workflows", "code.ts"), 'export const version = "three";\n');
  await dev.said(/worker *│ reloaded/);
});

test("the API is restarted when its sources change, also in a new folder", async (t) => {
  const dev = await startDev(t, somebodysServer);
  const before = await dev.ask("api");
  mkdirSync(join(dev.sources, "api"));

  writeFileSync(join(dev.sources, "api", "routes.ts"), "export {};\n");

  await eventually("a new API", async () => {
    const answer = await dev.ask("api");
    return answer && answer.pid !== before?.pid ? answer : undefined;
  });
  await dev.said(/api *│ the sources changed; restarting/);
});

async function isOpen(address: string): Promise<boolean> {
  return fetch(`http://${address}/`).then(
    () => true,
    (error: unknown) => (error as { cause?: { code?: string } }).cause?.code !== "ECONNREFUSED",
  );
}
