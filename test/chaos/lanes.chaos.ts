// npm run chaos -- lanes [--runs 1000] [--keys 10] [--hold 3000] [--workers 4] [--kills 20] [--terminations 50] [--seed 1]
import { parseArgs } from "node:util";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { laneChaos } from "./lanes.ts";
import { onOwnServer } from "./on-own-server.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    keys: { type: "string", default: "10" },
    hold: { type: "string", default: "3000" },
    workers: { type: "string", default: "4" },
    kills: { type: "string", default: "20" },
    terminations: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
  },
});

Runtime.install({ logger: new DefaultLogger("ERROR") });
await onOwnServer(async ({ address, log }) => {
  const [runs, keys] = [Number(values.runs), Number(values.keys)];
  const report = await laneChaos({
    ...{ address, runs, keys, log },
    holdMs: Number(values.hold),
    workers: Number(values.workers),
    kills: Number(values.kills),
    terminations: Number(values.terminations),
    seed: Number(values.seed),
  });
  console.log(JSON.stringify(report, undefined, 1));
  const { most, others, completed, terminated, throughput } = report;
  console.log(
    `${completed + terminated} of ${runs} runs over, at most ${most} at once, ${throughput} of the ideal throughput`,
  );
  return most <= 3 && others === 0 && completed + terminated === runs && throughput >= 0.8;
});
