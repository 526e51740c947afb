// The Temporal server as docker-compose runs it: all its services in one process, on PostgreSQL, with four history shards.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Connection, isGrpcServiceError } from "@temporalio/client";
import { spawnGuarded, type GuardedProcess } from "../../src/dev/guarded-process.ts";
import { describeExit, stopProcess } from "../../src/dev/running-process.ts";
import { eventually } from "../rig/eventually.ts";
import { lowPorts } from "../rig/low-ports.ts";
import type { Postgresql } from "./postgresql.ts";

const dynamicConfig = fileURLToPath(new URL("../../deploy/temporal/dynamic-config.yaml", import.meta.url));

/** As many as docker-compose.yml has. */
export const historyShards = 4;

const portVariables = [
  ...["FRONTEND_GRPC_PORT", "FRONTEND_HTTP_PORT", "FRONTEND_MEMBERSHIP_PORT"],
  ...["HISTORY_GRPC_PORT", "HISTORY_MEMBERSHIP_PORT", "MATCHING_GRPC_PORT", "MATCHING_MEMBERSHIP_PORT"],
  ...["WORKER_GRPC_PORT", "WORKER_MEMBERSHIP_PORT"],
];

const databases = { temporal: "postgresql/v12/temporal", temporal_visibility: "postgresql/v12/visibility" };

export interface SqlServerPrograms {
  readonly server: string;
  readonly schemaTool: string;
}

export interface SqlServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** Creates Temporal's two databases with the schemas that this version of the server needs. */
export async function makeDatabases({ schemaTool }: SqlServerPrograms, postgresql: Postgresql): Promise<void> {
  const env = {
    SQL_PLUGIN: "postgres12",
    SQL_HOST: "127.0.0.1",
    SQL_PORT: String(postgresql.port),
    SQL_USER: postgresql.user,
    SQL_PASSWORD: postgresql.password,
  };
  const tool = (...args: string[]) => promisify(execFile)(schemaTool, args, { env });
  for (const [name, schema] of Object.entries(databases)) {
    await tool("--db", name, "create-database");
    await tool("--db", name, "setup-schema", "-v", "0.0");
    await tool("--db", name, "update-schema", "--schema-name", schema);
  }
}

/** Starts the server on databases that are made, and waits until each of its services answers. */
export async function startSqlServer(
  programs: SqlServerPrograms,
  postgresql: Postgresql,
  onLine: (line: string) => void,
): Promise<SqlServer> {
  const numbers = await lowPorts(portVariables.length);
  const ports = Object.fromEntries(portVariables.map((name, index) => [name, String(numbers[index])]));
  const env = {
    DB: "postgres12",
    DB_PORT: String(postgresql.port),
    POSTGRES_SEEDS: "127.0.0.1",
    POSTGRES_USER: postgresql.user,
    POSTGRES_PWD: postgresql.password,
    DBNAME: "temporal",
    VISIBILITY_DBNAME: "temporal_visibility",
    NUM_HISTORY_SHARDS: String(historyShards),
    BIND_ON_IP: "127.0.0.1",
    DYNAMIC_CONFIG_FILE_PATH: dynamicConfig,
    LOG_LEVEL: "error",
    ...ports,
  };
  let isUp = false;
  const server = spawnGuarded(programs.server, ["--allow-no-auth", "start"], {
    env,
    log: "stdout",
    // Until its services have found one another, they complain.
    onLine: (line) => isUp && onLine(readable(line)),
  });
  const address = `127.0.0.1:${ports["FRONTEND_GRPC_PORT"]}`;
  const stop = () => stopProcess(server, 10_000);
  try {
    await allServicesAnswer(server, address);
    isUp = true;
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server logs JSON with a page of stack trace. */
function readable(line: string): string {
  try {
    const { level, msg, error = "" } = JSON.parse(line) as { level: string; msg: string; error?: string };
    return `${level}: ${[msg, error].filter(Boolean).join(": ")}`;
  } catch {
    return line;
  }
}

/** The frontend answers before it has found the others, to which it hands these two questions about nothing. */
async function allServicesAnswer(server: GuardedProcess, address: string): Promise<void> {
  let end: string | undefined;
  void server.exited.then((exit) => (end = describeExit(exit)));
  const connection = Connection.lazy({ address });
  const { workflowService } = connection;
  const namespace = "temporal-system";
  const questions: readonly (() => Promise<unknown>)[] = [
    () => workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: "nothing" } }),
    () => workflowService.describeTaskQueue({ namespace, taskQueue: { name: "nothing" } }),
  ];
  try {
    await eventually(
      "the Temporal server answers",
      async () => {
        if (end) {
          throw new Error(
            `the Temporal server ended before it answered (${end}):\n${server.lastLines().map(readable).join("\n")}`,
          );
        }
        const answers = await Promise.all(
          questions.map((ask) => connection.withDeadline(Date.now() + 5_000, ask).then(() => true, isNotFound)),
        );
        return answers.every(Boolean);
      },
      { withinMs: 120_000 },
    );
  } finally {
    await connection.close();
  }
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && [5].includes(error.code);
}
