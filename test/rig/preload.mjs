// Preloaded into the process of each test file. (Temporal's worker threads inherit `--import`, and load no TypeScript.)
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.env.TEST_BUNDLES) await import("./kept-bundles.ts");
