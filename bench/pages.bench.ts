/**
 * What open pages of the dashboard cost the server: 100 of them in a real browser, of all its views, and how many requests of
 * visibility the API makes in a second, the dearest that there are; and how soon a run that begins is on the lists.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import type { Page } from "playwright-core";
import { createApi, listenApi } from "tenuto/api";
import { createClient } from "tenuto/client";
import { startBrowser } from "../test/rig/browser.ts";
import { countingConnection } from "../test/rig/counting-connection.ts";
import { withCleanUp } from "./clean-up.ts";
import { startNappingProcess } from "./napping-process.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";
import { nappingApp, naps1 } from "./workflows/napping.contract.ts";

const pages = Number(process.argv[2] ?? 100);
const views = [
  ...["runs", "runs?status=running", "tasks", "dead-letters", "alerts", "error-groups", "", "workflow-types"],
  ...["runs?type=naps1", "batches"],
];
const settleMs = 15_000;
const measuredMs = 60_000;
const mostPerSecond = 2;
const mostSeconds = 3;

await withCleanUp(async (cleanUps, stopped) => {
  const server = await startTunedServer(cleanUps);
  const connection = await Connection.connect({ address: server.address, interceptors: [] });
  cleanUps.push(() => connection.close());
  const counting = countingConnection(connection);
  const client = await createClient(nappingApp, { connection: counting.connection });
  const worker = await startNappingProcess({ TEMPORAL_ADDRESS: server.address });
  cleanUps.push(() => worker.stop());
  const closing = new AbortController();
  const api = await listenApi(createApi({ client, app: nappingApp, closing: closing.signal }), {
    host: "127.0.0.1",
    port: 0,
  });
  cleanUps.push(async () => {
    closing.abort();
    await api.close();
  });
  const browser = await startBrowser();
  cleanUps.push(() => browser.close());

  const open = async (view: string): Promise<Page> => {
    stopped.throwIfAborted();
    // Each is of a person of its own, since a browser has six connections to a server.
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${api.url}/dashboard/${view}`);
    return page;
  };
  const lists: Page[] = [];
  for (let n = 0; n < pages; n++) {
    const view = views[n % views.length] ?? "";
    const page = await open(view);
    if (view === "runs") lists.push(page);
  }
  await sleep(settleMs, undefined, { signal: stopped });
  const [before, beganAt] = [counting.requests(), performance.now()];
  const shownAfter: number[] = [];
  while (performance.now() - beganAt < measuredMs) {
    const startedAt = performance.now();
    const { workflowId } = await client.start(naps1, 0, { workflowId: randomUUID() });
    await Promise.all(
      lists.map(async (page) => {
        await page.getByText(workflowId).first().waitFor();
        shownAfter.push((performance.now() - startedAt) / 1_000);
      }),
    );
    await sleep(3_000, undefined, { signal: stopped });
  }
  const perSecond = (counting.requests() - before) / ((performance.now() - beganAt) / 1_000);
  printReport({
    bench: "pages",
    ratios: {
      "requests a second": round(perSecond, 2),
      "seconds to a list, p95": round(quantile(shownAfter, 0.95), 2),
    },
    figures: { pages, views: views.length, shown: shownAfter.length, p50Seconds: round(quantile(shownAfter, 0.5), 2) },
    bounds: { "requests a second": mostPerSecond, "seconds to a list, p95": mostSeconds },
  });
});
