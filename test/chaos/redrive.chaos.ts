// npm run chaos -- redrive [--orders 1000] [--worker-kills 5] [--redrive-kills 2]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { redriveChaos } from "./redrive.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "1000" },
    "worker-kills": { type: "string", default: "5" },
    "redrive-kills": { type: "string", default: "2" },
    "in-flight": { type: "string", default: "40" },
  },
});

const startedAt = Date.now();
const log = (line: string) => console.log(`${((Date.now() - startedAt) / 1_000).toFixed(0).padStart(5)} s  ${line}`);
const directory = await mkdtemp(join(tmpdir(), "tenuto-chaos-"));
const server = await startEmbeddedServer({
  binary: process.env["TEMPORAL_CLI_PATH"] ?? "temporal",
  dbFile: join(directory, "temporal.db"),
  // It tells of each call that a killed worker has cut off.
  onLine: () => undefined,
});
try {
  const orders = Number(values.orders);
  const report = await redriveChaos({
    address: server.address,
    orders,
    workerKills: Number(values["worker-kills"]),
    redriveKills: Number(values["redrive-kills"]),
    inFlight: Number(values["in-flight"]),
    // The last way is that of the last order, and is found soon.
    ways: ["parked", "stuck", "terminated", "failed"],
    log,
  });
  log("done: every history replays");
  const { letters, countedTwice, completed, lost, doubled, inexact } = report;
  console.log(JSON.stringify(report, undefined, 1));
  console.log(`${letters} dead letters; ${completed} completed, ${lost.length} lost, ${doubled.length} doubled`);
  const isFine =
    letters === orders && completed === orders && countedTwice + lost.length + doubled.length + inexact.length === 0;
  process.exitCode = isFine ? 0 : 1;
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}
