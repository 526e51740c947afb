import { readdir, readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { historyFromJSON } from "@temporalio/common/lib/proto-utils.js";
import { Worker, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import type { HistoryFixture } from "tenuto/testing";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import "../rig/worker-log.ts";

const folder = new URL("./histories/", import.meta.url);
const files = await readdir(folder);

describe("histories of Tenuto's own workflows that earlier versions recorded", () => {
  let workflowBundle: WorkflowBundleWithSourceMap;
  before(async () => {
    workflowBundle = await bundleSystemWorkflows();
  });

  for (const file of files) {
    test(`${file} replays as it was`, async () => {
      const { workflowId, history } = JSON.parse(await readFile(new URL(file, folder), "utf8")) as HistoryFixture;
      await Worker.runReplayHistory({ workflowBundle }, historyFromJSON(history), workflowId);
    });
  }
});
