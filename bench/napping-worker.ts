// A worker process of the benchmarks of queues: which queues and how many slots come from the environment, the server from TEMPORAL_*.
import { setTimeout as sleep } from "node:timers/promises";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { implementActivities } from "tenuto/activity";
import { createWorker, parseSlots } from "tenuto/worker";
import { naps, nappingApp as app } from "./workflows/napping.contract.ts";

Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("ERROR") });
const nap = async (ms: number) => {
  await sleep(ms);
  return ms;
};
const { TENUTO_QUEUES, TENUTO_SLOTS } = process.env;
const worker = await createWorker({
  app,
  workflows: new URL("./workflows/napping.ts", import.meta.url),
  activities: [implementActivities(naps, { nap, slowNap: nap })],
  slots: parseSlots(TENUTO_SLOTS ?? "activities=10"),
  reconcileEvery: "never",
  ...(TENUTO_QUEUES && { queues: TENUTO_QUEUES.split(",") }),
});
process.once("disconnect", () => worker.shutdown());
const running = worker.run();
const told = setInterval(() => {
  if (!worker.isPolling()) return;
  clearInterval(told);
  process.send?.("polling");
}, 50);
await running;
