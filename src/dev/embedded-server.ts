import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnGuarded } from "./guarded-process.ts";
import { freePort } from "../sdk/worker/free-port.ts";
import { describeExit, stopProcess, type Exit, type RunningProcess } from "./running-process.ts";
import { readServerProfile, serverArguments } from "./server-profile.ts";

/** Where an embedded server comes from and what it uses. */
export interface EmbeddedServerOptions {
  /** The `temporal` binary. */
  readonly binary: string;
  /** The SQLite file; started again on the same file, the server has its data back. */
  readonly dbFile: string;
  /** @default a free port */
  readonly port?: number;
  /** @default no Web UI */
  readonly uiPort?: number;
  /** What the Web UI has payloads decrypted by. @default nothing */
  readonly codecUrl?: string | undefined;
  /** Its `TEMPORAL_*` variables and the encryption keys never reach the server. @default empty */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes each line the server prints. @default stderr */
  readonly onLine?: (line: string) => void;
}

/** An embedded server that answers. */
export interface EmbeddedServer extends RunningProcess {
  readonly address: string;
  readonly port: number;
  /** Process id of the server itself. */
  readonly pid: number;
  /** Signals the server itself: `"SIGKILL"` is the crash that data must survive. @default "SIGTERM" */
  kill(signal?: NodeJS.Signals): void;
  /** Ends it, by SIGKILL after ten seconds. */
  stop(): Promise<void>;
}

/** An embedded server that was started and may not answer yet. */
export interface StartingServer extends RunningProcess {
  readonly address: string;
  /** Resolves to the server's process id once it answers; rejects when it ended before. */
  readonly ready: Promise<number>;
}

/**
 * Starts a Temporal server with Tenuto's profile on loopback and waits until it answers. It ends with this process,
 * even when this process is killed.
 *
 * @throws Error with the server's last lines when it ends before it answers.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const port = options.port ?? (await freePort());
  const starting = spawnEmbeddedServer({ ...options, port });
  const pid = await starting.ready;
  return {
    address: starting.address,
    port,
    pid,
    exited: starting.exited,
    kill: (signal = "SIGTERM") => starting.kill(signal),
    stop: () => stopProcess(starting, 10_000),
  };
}

/** Starts a server as {@link startEmbeddedServer} does, without waiting. */
export function spawnEmbeddedServer(options: EmbeddedServerOptions & { readonly port: number }): StartingServer {
  const { binary, dbFile, port, uiPort, codecUrl, env = {}, onLine = (line) => console.error(line) } = options;
  mkdirSync(dirname(dbFile), { recursive: true });
  const own = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => !/^TEMPORAL_|ENCRYPTION_KEYS$/.test(entry[0])),
  );
  const args = serverArguments(readServerProfile(), { dbFile, port, uiPort, codecUrl });
  const server = spawnGuarded(binary, args, { env: own, onLine });
  const { started, exited } = server;
  // Its stdout is a banner with addresses, which `npm run dev` prints in its own words. It comes when the server has got
  // its ports, so a server that answers without it is another one.
  const hasPorts = new Promise((resolve) => server.stdout?.once("data", resolve).resume());
  const address = `127.0.0.1:${port}`;
  const ready = Promise.race([
    started.then(async (pid) => {
      await hasPorts;
      await answers({ binary, address, env: own, exited });
      return pid;
    }),
    exited.then((exit) => {
      const lines = server.lastLines();
      const output = lines.length ? `:\n${lines.join("\n")}` : "";
      throw new Error(`the Temporal server ended before it answered (${describeExit(exit)})${output}`);
    }),
  ]);
  // A caller that only supervises the process hears of the failure through `exited`.
  ready.catch(() => undefined);
  return { address, exited, ready, kill: (signal) => server.kill(signal) };
}

interface Questions {
  readonly binary: string;
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  readonly exited: Promise<Exit>;
}

async function answers({ binary, address, env, exited }: Questions): Promise<void> {
  let hasEnded = false;
  void exited.then(() => (hasEnded = true));
  const isServing = () =>
    new Promise<boolean>((resolve) =>
      execFile(
        binary,
        ["operator", "cluster", "health", "--address", address, "--disable-config-file"],
        { env, timeout: 5_000 },
        (error) => resolve(error === null),
      ),
    );
  while (!hasEnded && !(await isServing())) await sleep(100);
}
