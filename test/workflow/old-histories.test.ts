import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { DefaultLogger, Runtime, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { bundleForTests, checkHistories, type HistoryFixture } from "tenuto/testing";

Runtime.install({ logger: new DefaultLogger("ERROR") });

const root = new URL("./histories/", import.meta.url);

describe("histories that earlier engines recorded, on the engine of today", () => {
  let workflows: WorkflowBundleWithSourceMap;
  before(async () => {
    workflows = await bundleForTests(new URL("./fixtures/workflows.ts", import.meta.url));
  });

  test("before incidents: exhausted steps, undos that gave up, and parallel undos replay as they were", async () => {
    const directory = new URL("before-incidents/", root);
    const files = await readdir(directory);
    assert.ok(files.length >= 6);
    const read = async (file: string) => JSON.parse(await readFile(new URL(file, directory), "utf8")) as HistoryFixture;
    assert.equal(await checkHistories({ workflows }, await Promise.all(files.map(read))), files.length);
  });
});
