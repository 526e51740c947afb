// Spares each process of the tests the bundling of Tenuto's own workflows, which `npm test` has done once, and of others
// that another process has bundled.
import { readFileSync } from "node:fs";
import type { WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { useSystemBundle } from "../../src/sdk/worker/system-worker.ts";
import "./kept-bundles.ts";

const file = process.env["TEST_SYSTEM_BUNDLE"];
if (file) useSystemBundle(JSON.parse(readFileSync(file, "utf8")) as WorkflowBundleWithSourceMap);
