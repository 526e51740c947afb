import { readdir, readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { historyFromJSON } from "@temporalio/common/lib/proto-utils.js";
import { Worker, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import type { HistoryFixture } from "tenuto/testing";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import "../rig/worker-log.ts";

const folders = ["./histories/", "../events/histories/", "../lanes/histories/"].map(
  (folder) => new URL(folder, import.meta.url),
);
const files = await Promise.all(
  folders.map(async (folder) => (await readdir(folder)).map((name) => ({ name, url: new URL(name, folder) }))),
);

describe("histories of Tenuto's own workflows that earlier versions recorded", () => {
  let workflowBundle: WorkflowBundleWithSourceMap;
  before(async () => {
    workflowBundle = await bundleSystemWorkflows();
  });

  for (const { name, url } of files.flat()) {
    test(`${name} replays as it was`, async () => {
      const { workflowId, history } = JSON.parse(await readFile(url, "utf8")) as HistoryFixture;
      await Worker.runReplayHistory({ workflowBundle }, historyFromJSON(history), workflowId);
    });
  }
});
