import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Ports that are free at the moment, each another one. They are below 32768, because Temporal writes its ports into columns
 * of 16 bits with a sign; there, no connection is given one by the system in the meantime either.
 */
export async function lowPorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(10_000, 32_768);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen({ host: "127.0.0.1", port }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
