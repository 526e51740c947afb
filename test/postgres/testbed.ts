// The test bed: PostgreSQL, the Temporal server on it, and the namespace of deploy/temporal.
import { readFile } from "node:fs/promises";
import { Connection } from "@temporalio/client";
import { setUpNamespace, type NamespaceSettings } from "../../src/sdk/client/set-up-namespace.ts";
import { startPostgresql, type PostgresqlPrograms } from "./postgresql.ts";
import { makeDatabases, startSqlServer, type SqlServerPrograms } from "./sql-server.ts";

const settingsFile = new URL("../../deploy/temporal/namespace.json", import.meta.url);

export interface TestbedOptions {
  readonly postgresql: PostgresqlPrograms;
  readonly temporal: SqlServerPrograms;
  /** Takes each line that a server prints. */
  readonly onLine: (line: string) => void;
}

/** A test bed that answers; it ends with this process, even when this process is killed. */
export interface Testbed {
  /** Of the Temporal server. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts a test bed, whose namespace `default` is set up. */
export async function startTestbed({ postgresql: programs, temporal, onLine }: TestbedOptions): Promise<Testbed> {
  const postgresql = await startPostgresql(programs, onLine);
  try {
    await makeDatabases(temporal, postgresql);
    const server = await startSqlServer(temporal, postgresql, onLine);
    const stop = async () => {
      await server.stop();
      await postgresql.stop();
    };
    try {
      await setUpDefault(server.address);
      return { address: server.address, stop };
    } catch (error) {
      await server.stop();
      throw error;
    }
  } catch (error) {
    await postgresql.stop();
    throw error;
  }
}

async function setUpDefault(address: string): Promise<void> {
  const settings = JSON.parse(await readFile(settingsFile, "utf8")) as Omit<NamespaceSettings, "namespace">;
  const connection = await Connection.connect({ address });
  try {
    await setUpNamespace(connection, { namespace: "default", ...settings });
  } finally {
    await connection.close();
  }
}
