import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import type { WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { bundleForTests, checkHistories, type HistoryFixture } from "tenuto/testing";
import "../rig/worker-log.ts";

const here = new URL(".", import.meta.url);
const files = (await readdir(here)).filter((file) => file.endsWith(".json"));
const root = new URL("../../", here).pathname;

describe("the recorded histories of the shop, on the workflow code of today", () => {
  let workflows: WorkflowBundleWithSourceMap;
  before(async () => {
    workflows = await bundleForTests(new URL("src/workflows/index.ts", new URL("../../", here)));
  });

  test("the main paths are recorded", () => {
    assert.ok(files.length >= 7, `Run: npm run histories (there are ${files.join(", ")})`);
  });

  for (const file of files) {
    test(`${file} replays, and each step has its recorded idempotency key`, async () => {
      assert.equal(await checkHistories({ workflows }, [await fixture(file)]), 1);
    });

    test(`${file} tells nothing of the machine it was recorded on`, async () => {
      const text = JSON.stringify(withClearPayloads(await fixture(file)));
      for (const word of [root, "node_modules", "file://", "stackTrace", "identity", "/src/"])
        assert.ok(!text.includes(word), `${file} has ${word}`);
      assert.doesNotMatch(text, /\d+@\w/, "a process and its host");
    });
  }
});

async function fixture(file: string): Promise<HistoryFixture> {
  return JSON.parse(await readFile(new URL(file, here), "utf8")) as HistoryFixture;
}

function withClearPayloads(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withClearPayloads);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      name === "data" && typeof value === "string"
        ? Buffer.from(value, "base64").toString("utf8")
        : withClearPayloads(value),
    ]),
  );
}
