/**
 * How long it takes until a failure that no run reports itself is listed as a dead letter, with the reconciler as users
 * have it: of runs that the `temporal` CLI terminates, that take longer than the server allows, and that are stuck. From the
 * end of the run, or from the server's report of problems, to the first list that has it.
 *
 * npm run bench -- finding
 */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Connection } from "@temporalio/client";
import { DefaultLogger, NativeConnection, Runtime } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { createClient, setUpNamespace, type TenutoClient } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { ending } from "./workflows/ending.contract.ts";

const rounds = 10;
const lookEveryMs = 200;
const atMostS = { terminated: 30, timedOut: 30, stuck: 60 } as const;
type Way = keyof typeof atMostS;

const run = promisify(execFile);

await withCleanUp(async (cleanUps, stopped) => {
  // All runs wait at once.
  setMaxListeners(0, stopped);
  // What is stuck would be told of again and again.
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("ERROR"), telemetryOptions: quiet() });
  const { address } = await startTunedServer(cleanUps);
  const namespace = `bench-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  cleanUps.push(() => connection.close());
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const app = defineApp({ name: namespace, workflows: [ending], activities: [] });
  const native = await NativeConnection.connect({ address });
  cleanUps.push(() => native.close());
  const workflows = new URL("./workflows/ending-tenuto.ts", import.meta.url);
  const worker = await createWorker({ app, workflows, activities: [], connection: native, namespace });
  const end = worker.run();
  cleanUps.push(async () => {
    worker.shutdown();
    await end;
  });
  const client = await createClient(app, { connection, namespace });
  const describe = (workflowId: string) =>
    connection.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
  const start = (workflowId: string, isStuck: boolean, timeoutS?: number) =>
    connection.workflowService.startWorkflowExecution({
      namespace,
      workflowId,
      requestId: randomUUID(),
      workflowType: { name: "ending" },
      taskQueue: { name: namespace },
      input: {
        payloads: [
          { metadata: { encoding: Buffer.from("json/plain") }, data: Buffer.from(JSON.stringify({ isStuck })) },
        ],
      },
      ...(timeoutS !== undefined && { workflowRunTimeout: { seconds: timeoutS as unknown as Long } }),
    });

  /** Each makes a run fail, and answers when it had. */
  const ways: Readonly<Record<Way, (workflowId: string) => Promise<number>>> = {
    terminated: async (workflowId) => {
      await start(workflowId, false);
      const at = ["--address", address, "--namespace", namespace];
      const binary = process.env["TEMPORAL_CLI_PATH"] ?? "temporal";
      await run(binary, ["workflow", "terminate", "--workflow-id", workflowId, "--reason", "by hand", ...at]);
      return Date.now();
    },
    timedOut: async (workflowId) => {
      await start(workflowId, false, 2);
      return until(stopped, async () => (await describe(workflowId)).workflowExecutionInfo?.closeTime && Date.now());
    },
    stuck: async (workflowId) => {
      await start(workflowId, true);
      return until(stopped, async () => {
        const attributes = (await describe(workflowId)).workflowExecutionInfo?.searchAttributes?.indexedFields;
        return attributes?.["TemporalReportedProblems"] && Date.now();
      });
    },
  };
  const seconds: Record<Way, number[]> = { terminated: [], timedOut: [], stuck: [] };
  const one = async (way: Way) => {
    const workflowId = `${way}-${randomUUID()}`;
    const failedAt = await ways[way](workflowId);
    await until(stopped, () => isListed(client, workflowId));
    seconds[way].push((Date.now() - failedAt) / 1_000);
  };
  // Spread over the pause between two looks.
  await Promise.all(
    (Object.keys(ways) as Way[]).flatMap((way) =>
      Array.from({ length: rounds }, async (_, index) => {
        await sleep(index * 1_300, undefined, { signal: stopped });
        await one(way);
      }),
    ),
  );
  const named = (Object.keys(ways) as Way[]).map((way) => [way, seconds[way]] as const);
  const of = (share: number) => Object.fromEntries(named.map(([way, all]) => [way, round(quantile(all, share), 1)]));
  const ratios = named.map(
    ([way, all]) => [`${way}: ${atMostS[way]} s`, round(Math.max(...all) / atMostS[way], 3)] as const,
  );
  printReport({
    bench: "finding",
    ratios: Object.fromEntries(ratios),
    figures: { runsOfEach: rounds, medianS: of(0.5), maxS: of(1) },
    bounds: Object.fromEntries(ratios.map(([name]) => [name, 1])),
  });
});

async function isListed(client: TenutoClient, workflowId: string): Promise<boolean> {
  const { items } = await client.deadLetters({ limit: 200 });
  return items.some((letter) => letter.workflowId === workflowId);
}

async function until<T>(stopped: AbortSignal, holds: () => Promise<T>): Promise<Exclude<T, false | null | undefined>> {
  for (;;) {
    stopped.throwIfAborted();
    const found = await holds();
    if (found !== false && found !== undefined && found !== null) return found as Exclude<T, false | null | undefined>;
    await sleep(lookEveryMs, undefined, { signal: stopped });
  }
}

function quiet() {
  return { logging: { forward: {}, filter: "ERROR" } } as const;
}
