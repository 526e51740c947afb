import { findPostgresql } from "./postgresql.mjs";
import { findSqlServer } from "./sql-server.mjs";

/**
 * Finds, installs or builds what the test bed needs, and answers with what starts it.
 *
 * @param {{ env: Readonly<Record<string, string | undefined>>, log: (line: string) => void }} options
 * @returns {Promise<() => Promise<{ address: string, stop(): Promise<void> }>>}
 */
export async function prepareTestbed({ env, log }) {
  const postgresql = await findPostgresql({ env, log });
  const temporal = await findSqlServer({ env, log });
  await import("./strip-types.mjs");
  const { startTestbed } = await import("../test/postgres/testbed.ts");
  return () => startTestbed({ postgresql, temporal, onLine: log });
}
