import { type AddressInfo, createServer } from "node:net";

/**
 * A TCP port that is free at the moment, for what can't be given port 0, such as the metrics exporter of Temporal's Runtime.
 *
 * @example
 * ```ts
 * import { Runtime } from "@temporalio/worker";
 *
 * const bindAddress = `127.0.0.1:${await freePort()}`;
 * Runtime.install({ telemetryOptions: { metrics: { prometheus: { bindAddress } } } });
 * ```
 */
export async function freePort(host = "127.0.0.1"): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen({ host, port: 0 }, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
