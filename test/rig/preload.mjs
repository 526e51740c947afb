// Preloaded into the process of each test file. (Temporal's worker threads inherit `--import`, and load no TypeScript.)
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { passedMark } from "../../scripts/run-again.mjs";

const { TEST_BUNDLES: directory, NODE_TEST_CONTEXT: isTest } = process.env;
const [, file] = process.argv;

if (isMainThread && directory) await import("./kept-bundles.ts");
if (isMainThread && directory && isTest && file) {
  process.once("exit", (code) => {
    if (code === 0) writeFileSync(passedMark(directory, file), "");
  });
}
