// Where the brokers of the tests are on this machine, and Prometheus. Nothing is installed here: `npm run brokers` does that.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheDirectory } from "./cache-directory.mjs";

/** SQS for tests, from Maven Central. */
export const elasticmq = {
  groupId: "org.elasticmq",
  artifactId: "elasticmq-server_2.13",
  version: "1.6.12",
  mainClass: "org.elasticmq.server.Main",
};

/** Debian's script, which runs as whoever calls it; the one on PATH insists on root and the user rabbitmq. */
const debianRabbit = "/usr/lib/rabbitmq/bin/rabbitmq-server";

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** @param {Environment} env */
export function findRabbit(env) {
  const server = existsSync(debianRabbit) ? debianRabbit : onPath("rabbitmq-server", env);
  const epmd = onPath("epmd", env);
  return server && epmd ? { server, epmd } : undefined;
}

/** @param {Environment} env */
export function findRedis(env) {
  return onPath("redis-server", env);
}

/** @param {Environment} env */
export function findPrometheus(env) {
  const server = onPath("prometheus", env);
  const promtool = onPath("promtool", env);
  return server && promtool ? { server, promtool } : undefined;
}

/** @param {Environment} env */
export function findElasticmq(env) {
  const { artifactId, version } = elasticmq;
  const script = join(cacheDirectory(env), `${artifactId}-${version}`, artifactId);
  return existsSync(script) && onPath("java", env) ? script : undefined;
}

/**
 * The path of a program.
 *
 * @param {string} name
 * @param {Environment} env
 */
export function onPath(name, env) {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}
