/**
 * How fast failures that are recorded already are counted by their groups, offered all at once: 10,000 of four patterns, and
 * then all of them once more, which must change nothing. Counts have to be exact, and no workflow's history long.
 *
 * npm run bench -- error-groups [--failures 10000]
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { listErrorGroups } from "../src/sdk/client/list-error-groups.ts";
import { setUpNamespace } from "../src/sdk/client/set-up-namespace.ts";
import { seenInReport, tellErrorGroups } from "../src/sdk/client/tell-error-groups.ts";
import { Temporal } from "../src/sdk/client/temporal.ts";
import { fingerprintOfFailure } from "../src/sdk/core/fingerprint.ts";
import { startSystemWorker } from "../src/sdk/worker/system-worker.ts";
import { withCleanUp } from "./clean-up.ts";
import { printReport, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";

const { values } = parseArgs({ options: { failures: { type: "string", default: "10000" } } });
const failures = Number(values.failures);
const longestAllowed = 2_000;
/** As the reconciler reads them. */
const pageSize = 200;
const steps = ["stock.reserve", "payments.chargeCard", "shipping.book", "mail.sendReceipt"];

await withCleanUp(async (cleanUps, stopped) => {
  const { address } = await startTunedServer(cleanUps);
  const namespace = `bench-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const native = await NativeConnection.connect({ address });
  cleanUps.push(() => native.close());
  cleanUps.push(await startSystemWorker(native, namespace, { reconcileEvery: "never" }));

  const temporal = new Temporal({ connection, namespace, identity: "bench" });
  const seen = Array.from({ length: failures }, (_, index) => seenInReport(reportOf(index), `letter-${index}`));
  const pages = Array.from({ length: Math.ceil(failures / pageSize) }, (_, page) =>
    seen.slice(page * pageSize, (page + 1) * pageSize),
  );
  const counts = async () => {
    const { items } = await listErrorGroups(temporal, { limit: 200 }, { links: { namespace }, redact: [] });
    return items.map(({ count }) => count);
  };
  const sum = (all: readonly number[]) => all.reduce((total, count) => total + count, 0);

  const begunAt = performance.now();
  await Promise.all(pages.map((page) => tellErrorGroups(temporal, page)));
  const toldMs = performance.now() - begunAt;
  while (sum(await counts()) < failures) await sleep(100, undefined, { signal: stopped });
  const countedMs = performance.now() - begunAt;

  await Promise.all(pages.map((page) => tellErrorGroups(temporal, page)));
  // One more of each pattern is counted after all that was told before.
  const after = Array.from({ length: steps.length }, (_, index) => seenInReport(reportOf(failures + index), "last"));
  await tellErrorGroups(temporal, after);
  while (sum(await counts()) < failures + steps.length) await sleep(100, undefined, { signal: stopped });
  const final = await counts();
  const isExact = final.length === steps.length && final.every((count) => count === failures / steps.length + 1);
  if (!isExact) throw new Error(`The counts are not exact: ${final.join(", ")}`);

  const runs = connection.workflowService.listWorkflowExecutions({
    namespace,
    query: "WorkflowType = 'tenutoErrorGroup'",
    pageSize: 1_000,
  });
  const lengths = await Promise.all(
    (await runs).executions.map(async ({ execution }) => {
      const { workflowExecutionInfo: info } = await connection.workflowService.describeWorkflowExecution({
        namespace,
        execution: execution ?? null,
      });
      return Number(info?.historyLength ?? 0);
    }),
  );
  const longest = Math.max(...lengths);
  printReport({
    bench: "error-groups",
    ratios: { "longest history of 2,000 events": round(longest / longestAllowed, 3) },
    figures: {
      failures,
      groups: final,
      isExact,
      toldMs: round(toldMs, 0),
      countedMs: round(countedMs, 0),
      failuresPerSecond: round(failures / (countedMs / 1_000), 0),
      longestHistory: longest,
    },
    bounds: { "longest history of 2,000 events": 1 },
  });
});

function reportOf(index: number) {
  const step = steps[index % steps.length] ?? "";
  const error = { type: "ServiceUnavailable", message: `${step} of order ${index} answered 503` };
  return {
    kind: "failed",
    workflowId: `order-${index}`,
    runId: randomUUID(),
    originalRunId: randomUUID(),
    type: "fulfillOrder",
    step,
    error,
    fingerprint: fingerprintOfFailure({ type: "fulfillOrder", step, error }),
    openEffects: [],
    undone: false,
    hadSaga: false,
    stepsDone: 1,
    buildId: `build-${index % 3}`,
    at: new Date(Date.now() - index * 10).toISOString(),
  } as const;
}
