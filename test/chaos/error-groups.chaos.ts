// npm run chaos -- error-groups [--failures 1000] [--kills 5]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { groupChaos } from "./error-groups.ts";

const { values } = parseArgs({
  options: {
    failures: { type: "string", default: "1000" },
    kills: { type: "string", default: "5" },
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
  const failures = Number(values.failures);
  const report = await groupChaos({
    address: server.address,
    failures,
    kills: [Number(values.kills), Number(values.kills)],
    inFlight: Number(values["in-flight"]),
    log,
  });
  log("done: every history replays");
  console.log(JSON.stringify(report, undefined, 1));
  const [first = [], second = []] = report.rounds;
  const are = (groups: typeof first, count: number, status: string) =>
    groups.length === 4 && groups.every((group) => group.count === count && group.status === status);
  const { "tenuto.group-new": ofNew, "tenuto.group-regressed": ofRegressed } = report.alerts;
  const isTold = ofNew === 4 && ofRegressed === 4;
  const isExact = isTold && are(first, failures / 4, "open") && are(second, failures / 2, "regressed");
  console.log(`${2 * failures} failures in ${second.length} groups: ${isExact ? "exact" : "NOT EXACT"}`);
  process.exitCode = isExact && report.longestHistory < 2_000 ? 0 : 1;
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}
