/**
 * Whether the server keeps to a rate of 5 steps a second of each fairness key: how many steps of one key begin in the 60 s after the
 * first 5, which a key has saved up.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import { createClient } from "tenuto/client";
import { withCleanUp } from "./clean-up.ts";
import { startNappingProcess } from "./napping-process.ts";
import { printReport, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { nappingApp, naps1 } from "./workflows/napping.contract.ts";

const seconds = Number(process.argv[2] ?? 60);
const perSecond = 5;
const savedUp = 5;
const tolerance = 1.1;

await withCleanUp(async (cleanUps, stopped) => {
  const { address } = await startTunedServer(cleanUps);
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  const client = await createClient(nappingApp, { connection });
  const worker = await startNappingProcess({ TEMPORAL_ADDRESS: address, TENUTO_SLOTS: "activities=50" });
  cleanUps.push(() => worker.stop());
  await client.setQueueRate(nappingApp.name, { perKeyPerSecond: perSecond, reason: "the benchmark" });

  const runs = (seconds + 4) * perSecond;
  const ids: string[] = [];
  const start = async () => {
    while (ids.length < runs) ids.push((await client.start(naps1, 0, { lane: { fairnessKey: "one" } })).workflowId);
  };
  await Promise.all(Array.from({ length: 8 }, start));
  await sleep((seconds + 2) * 1_000, undefined, { signal: stopped });
  const { workflow } = new Client({ connection });
  const begun = (await Promise.all(ids.map((id) => begunAt(workflow.getHandle(id))))).flatMap((at) => at ?? []);
  begun.sort((a, b) => a - b);
  const since = begun[savedUp - 1] ?? NaN;
  const counted = begun.filter((at) => at > since && at <= since + seconds * 1_000).length;
  const expected = seconds * perSecond;
  printReport({
    bench: "rates",
    ratios: { "begun/allowed": round(counted / expected, 3), "allowed/begun": round(expected / counted, 3) },
    figures: { seconds, perSecond, begun: counted, allowed: expected },
    bounds: { "begun/allowed": tolerance, "allowed/begun": round(1 / 0.9, 3) },
  });
});

/** When the step of a run began, by the server's history. */
async function begunAt(handle: WorkflowHandle): Promise<number | undefined> {
  const { events } = await handle.fetchHistory();
  const started = events?.find(({ activityTaskStartedEventAttributes: each }) => each);
  return started?.eventTime
    ? Number(started.eventTime.seconds) * 1_000 + (started.eventTime.nanos ?? 0) / 1e6
    : undefined;
}
