import { findRedis } from "../../scripts/broker-programs.mjs";
import { type Broker, brokerFolder, startBroker } from "./broker.ts";
import { lowPorts } from "./low-ports.ts";

/** A Redis that has on disk what it has answered. */
export async function startRedis(): Promise<Broker> {
  const server = findRedis(process.env) ?? "redis-server";
  const [port = 0] = await lowPorts(1);
  const settings = { bind: "127.0.0.1", port: String(port), save: "", appendonly: "yes", appendfsync: "always" };
  return startBroker({
    name: "Redis",
    url: `redis://127.0.0.1:${port}`,
    folder: await brokerFolder("Redis"),
    command: [server, ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])],
    env: {},
    readyLine: /Ready to accept connections/,
  });
}
