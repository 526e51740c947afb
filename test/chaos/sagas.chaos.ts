// npm run chaos -- sagas [--sagas 1000] [--worker-kills 20] [--server-kills 3] [--seed 1]
import { parseArgs } from "node:util";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { sagaChaos } from "./sagas.ts";

const { values } = parseArgs({
  options: {
    sagas: { type: "string", default: "1000" },
    "worker-kills": { type: "string", default: "20" },
    "server-kills": { type: "string", default: "3" },
    "in-flight": { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
  },
});

Runtime.install({ logger: new DefaultLogger("ERROR") });
const startedAt = Date.now();
const log = (line: string) => console.log(`${((Date.now() - startedAt) / 1_000).toFixed(0).padStart(5)} s  ${line}`);
const report = await sagaChaos({
  sagas: Number(values.sagas),
  workerKills: Number(values["worker-kills"]),
  serverKills: Number(values["server-kills"]),
  inFlight: Number(values["in-flight"]),
  seed: Number(values.seed),
  log,
});
log("done: every history replays");
const { lost, stuck, doubled } = report;
console.log(JSON.stringify(report, undefined, 1));
console.log(`${lost.length} lost, ${stuck.length} stuck, ${doubled.length} doubled`);
process.exitCode = lost.length + stuck.length + doubled.length === 0 ? 0 : 1;
