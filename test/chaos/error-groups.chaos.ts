// npm run chaos -- error-groups [--failures 1000] [--kills 5]
import { parseArgs } from "node:util";
import { groupChaos } from "./error-groups.ts";
import { onOwnServer } from "./on-own-server.ts";

const { values } = parseArgs({
  options: {
    failures: { type: "string", default: "1000" },
    kills: { type: "string", default: "5" },
    "in-flight": { type: "string", default: "40" },
  },
});

await onOwnServer(async ({ address, log }) => {
  const failures = Number(values.failures);
  const report = await groupChaos({
    address,
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
  return isExact && report.longestHistory < 2_000;
});
