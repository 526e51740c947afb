// Run by `npm run histories`: plays paths that runs can take, and writes what the server recorded. A history that is there
// already is kept, unless `--replace` asks for it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { HistoryFolder } from "./history-folder.ts";
import { incidentPaths, recordIncidents } from "./record-incidents.ts";
import { recordReturns, returnPaths } from "./record-returns.ts";
import { recordShop, shopPaths } from "./record-shop.ts";
import { recordTasks, taskPaths } from "./record-tasks.ts";
import { recordWindows, windowPaths } from "./record-windows.ts";

const test = fileURLToPath(new URL("../", import.meta.url));

/** What is recorded together, and where below `test`. */
const groups = {
  shop: { folder: "histories", paths: shopPaths, record: recordShop },
  returns: { folder: "histories", paths: returnPaths, record: recordReturns },
  incidents: { folder: "workflow/histories/incidents", paths: incidentPaths, record: recordIncidents },
  tasks: { folder: "workflow/histories/tasks", paths: taskPaths, record: recordTasks },
  windows: { folder: "events/histories", paths: windowPaths, record: recordWindows },
};

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { replace: { type: "boolean", default: false }, to: { type: "string", default: test } },
});

const known = Object.entries(groups).flatMap(([group, { paths }]) => [group, ...Object.keys(paths)]);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`There is no path "${unknown.join('", "')}". Ask for: ${known.join(", ")}.`);

const recordings = Object.entries(groups).map(([group, { folder, paths, record }]) => {
  const histories = new HistoryFolder(join(values.to, folder), values);
  const named = Object.keys(paths).filter(
    (name) => asked.length === 0 || asked.includes(group) || asked.includes(name),
  );
  for (const name of named.filter((each) => !histories.takes(each)))
    console.log(`${name}.json: kept; --replace records it again`);
  const names = named.filter((name) => histories.takes(name));
  return { names, on: (address: string) => record(address, names, histories) };
});
const missing = recordings.filter(({ names }) => names.length > 0);
if (missing.length > 0) {
  await onServer(async (address) => {
    for (const { on } of missing) await on(address);
  });
}

async function onServer(work: (address: string) => Promise<void>): Promise<void> {
  const binary = process.env["TEMPORAL_CLI_PATH"];
  if (!binary) throw new Error("No Temporal server. Run this by `npm run histories`.");
  const directory = await mkdtemp(join(tmpdir(), "tenuto-histories-"));
  const server = await startEmbeddedServer({ binary, dbFile: join(directory, "temporal.db") });
  try {
    await work(server.address);
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
