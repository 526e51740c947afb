import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import type { WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { bundleForTests, checkHistories, type HistoryFixture } from "tenuto/testing";
import "../rig/worker-log.ts";

/** Each directory of recorded histories: the workflows that made them, and how many there are at least. */
const recorded: readonly (readonly [directory: string, workflows: string, atLeast: number, what: string])[] = [
  ["before-incidents", "workflows.ts", 6, "exhausted steps, undos that gave up, and parallel undos"],
  ["incidents", "incident-workflows.ts", 10, "incidents, pauses, other input, late answers and deadlines"],
  ["tasks", "../../tasks/fixtures/more-asking-workflows.ts", 12, "human tasks, by what people and time do"],
];

describe("histories that earlier engines recorded, on the engine of today", () => {
  for (const [directory, file, atLeast, what] of recorded) {
    describe(directory, () => {
      let workflows: WorkflowBundleWithSourceMap;
      before(async () => {
        workflows = await bundleForTests(new URL(`./fixtures/${file}`, import.meta.url));
      });

      test(`${what} replay as they were`, async () => {
        const folder = new URL(`./histories/${directory}/`, import.meta.url);
        const files = await readdir(folder);
        assert.ok(files.length >= atLeast, `There are ${files.join(", ")}`);
        const histories = files.map(
          async (name) => JSON.parse(await readFile(new URL(name, folder), "utf8")) as HistoryFixture,
        );
        assert.equal(await checkHistories({ workflows }, await Promise.all(histories)), files.length);
      });
    });
  }
});
