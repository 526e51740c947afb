// A broker of one's own, in a temporary folder. It ends with this process, even when this one is killed.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnGuarded, type GuardedProcess } from "../../src/dev/guarded-process.ts";
import { describeExit, stopProcess } from "../../src/dev/running-process.ts";
import { eventually } from "./eventually.ts";

/** A broker that takes connections. */
export interface Broker {
  /** How clients reach it; the same after a restart. */
  readonly url: string;
  /** Where its data is. */
  readonly folder: string;
  /** Ends it as a crash does, by SIGKILL. Its data stays. */
  kill(): Promise<void>;
  /** Starts it again on its data; when it still runs, it is ended in an orderly way before. */
  restart(): Promise<void>;
  /** Ends it and throws its data away. */
  stop(): Promise<void>;
}

/** What is run, and how it says that it is there. */
export interface BrokerProgram {
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The line on its standard output that says that it takes connections. */
  readonly readyLine: RegExp;
}

/** An empty folder for what a broker keeps. */
export function brokerFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `tenuto-${name.toLowerCase()}-`));
}

/** Starts a broker and waits until it takes connections. */
export async function startBroker(program: BrokerProgram): Promise<Broker> {
  const { url, folder } = program;
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  let running: GuardedProcess | undefined;
  const kill = async () => {
    running?.kill("SIGKILL");
    await running?.exited;
    running = undefined;
  };
  const restart = async () => {
    if (running) await stopProcess(running, 10_000);
    running = undefined;
    running = await launch(program);
  };
  const stop = async () => {
    await kill();
    await removeFolder();
  };
  try {
    await restart();
  } catch (error) {
    await removeFolder();
    throw error;
  }
  return { url, folder, kill, restart, stop };
}

async function launch({ name, command, env, folder, readyLine }: BrokerProgram): Promise<GuardedProcess> {
  const [file = "", ...args] = command;
  let isReady = false;
  let end: string | undefined;
  const launched = spawnGuarded(file, args, {
    env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8", ...env },
    cwd: folder,
    log: "stdout",
    onLine: (line) => (isReady ||= readyLine.test(line)),
  });
  void launched.exited.then((exit) => (end = describeExit(exit)));
  try {
    await eventually(
      `${name} takes connections`,
      () => {
        if (end) throw new Error(`${name} ended before it was ready (${end}):\n${launched.lastLines().join("\n")}`);
        return isReady;
      },
      { everyMs: 10 },
    );
    return launched;
  } catch (error) {
    await stopProcess(launched, 0);
    throw error;
  }
}
