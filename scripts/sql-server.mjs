import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { SetupError } from "./setup-error.mjs";
import { buildTool } from "./temporal-build.mjs";
import { cachedServer } from "./temporal-server.mjs";

const server = {
  package: "go.temporal.io/server/cmd/server",
  what: "the Temporal server for PostgreSQL",
  takes: "about a minute when the other server was built here, else about 4",
};
const schemaTool = {
  package: "go.temporal.io/server/cmd/tools/sql",
  what: "the tool that makes the server's databases",
  takes: "some seconds",
};

/**
 * Finds the Temporal server for SQL databases and the tool that makes its databases, beside the embedded server in the
 * cache, or builds them from the same recipe.
 *
 * @param {{ env: Readonly<Record<string, string | undefined>>, log: (line: string) => void }} options
 * @returns {Promise<{ server: string, schemaTool: string }>} their paths
 */
export async function findSqlServer(options) {
  return {
    server: await cachedOrBuilt("temporal-server", server, options),
    schemaTool: await cachedOrBuilt("temporal-sql-tool", schemaTool, options),
  };
}

/**
 * @param {string} name
 * @param {typeof server} tool
 * @param {Parameters<typeof findSqlServer>[0]} options
 */
async function cachedOrBuilt(name, tool, { env, log }) {
  const target = join(dirname(cachedServer(env)), name);
  if (existsSync(target)) return target;
  const built = await buildTool({ target, env, log }, tool);
  if ("path" in built) return built.path;
  throw new SetupError(`There is no ${name} in the cache (${target}), and it can't be built from server/: ${built.reason}
Install Go (https://go.dev/dl/), able to download modules, then try again.`);
}
