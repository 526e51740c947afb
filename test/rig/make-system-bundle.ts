// Run by scripts/test.mjs: bundles Tenuto's own workflows once, into the file it is given, for all processes of the tests.
import { writeFileSync } from "node:fs";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";

const [, , file] = process.argv;
if (file === undefined) throw new Error("Give the file that the bundle goes to");
writeFileSync(file, JSON.stringify(await bundleSystemWorkflows()));
