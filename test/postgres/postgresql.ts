// A PostgreSQL of one's own in a temporary folder, on loopback, with a password that nobody else has. What it keeps need
// not outlive a crash of the machine, so it never waits for the disk.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { spawnGuarded, type GuardedProcess } from "../../src/dev/guarded-process.ts";
import { describeExit, stopProcess } from "../../src/dev/running-process.ts";
import { eventually } from "../rig/eventually.ts";
import { lowPorts } from "../rig/low-ports.ts";

export interface PostgresqlPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** As whom they run; PostgreSQL refuses root. @default as ourselves */
  readonly user?: { readonly uid: number; readonly gid: number };
}

export interface Postgresql {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  // Temporal makes conflicts on purpose, and PostgreSQL would log each as an error.
  log_min_messages: "fatal",
};

const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C" };

/** Makes the database files, starts PostgreSQL and waits until it takes connections. */
export async function startPostgresql(
  programs: PostgresqlPrograms,
  onLine: (line: string) => void,
): Promise<Postgresql> {
  const folder = await mkdtemp(join(tmpdir(), "tenuto-postgresql-"));
  const data = join(folder, "data");
  const login = { user: "temporal", password: randomUUID() };
  let server: GuardedProcess | undefined;
  const stop = async () => {
    if (server) await stopProcess(server, 10_000);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await makeFiles(programs, { folder, data, ...login });
    const [port = 0] = await lowPorts(1);
    const [command = "", ...args] = [
      ...asUser(programs),
      ...[programs.postgres, "-D", data, "-p", String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ];
    server = spawnGuarded(command, args, { env, cwd: folder, onLine });
    await takesConnections(server, data);
    return { port, ...login, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Place extends Pick<Postgresql, "user" | "password"> {
  readonly folder: string;
  readonly data: string;
}

async function makeFiles(programs: PostgresqlPrograms, { folder, data, user, password }: Place): Promise<void> {
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (programs.user) {
    for (const path of [folder, passwordFile]) await chown(path, programs.user.uid, programs.user.gid);
  }
  await promisify(execFile)(
    programs.initdb,
    [
      ...["--pgdata", data, "--username", user, "--pwfile", passwordFile, "--auth", "scram-sha-256"],
      ...["--encoding", "UTF8", "--locale", "C", "--no-sync"],
    ],
    { ...programs.user, cwd: folder, env },
  );
}

async function takesConnections(server: GuardedProcess, data: string): Promise<void> {
  let end: string | undefined;
  void server.exited.then((exit) => (end = describeExit(exit)));
  await eventually("PostgreSQL takes connections", async () => {
    if (end) throw new Error(`PostgreSQL ended before it was ready (${end}):\n${server.lastLines().join("\n")}`);
    return (await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).trimEnd().endsWith("ready");
  });
}

/** The command that becomes another one as another user. */
function asUser({ user }: PostgresqlPrograms): readonly string[] {
  return user ? ["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"] : [];
}
