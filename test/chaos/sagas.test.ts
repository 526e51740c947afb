import assert from "node:assert/strict";
import { test } from "node:test";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { sagaChaos } from "./sagas.ts";

Runtime.install({ logger: new DefaultLogger("ERROR") });

test("100 sagas of mixed fate, two worker kills and one server kill: none lost, stuck or doubled", async () => {
  const lines: string[] = [];
  const options = { sagas: 100, workerKills: 2, serverKills: 1, inFlight: 25, seed: 7 };
  const report = await sagaChaos({ ...options, log: (line) => lines.push(line) });
  const { lost, stuck, doubled, workerKills, serverKills } = report;
  assert.deepEqual({ lost, stuck, doubled }, { lost: [], stuck: [], doubled: [] }, JSON.stringify(report));
  assert.deepEqual([workerKills, serverKills], [2, 1], lines.join("\n"));
});
