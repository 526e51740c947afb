// Spares the processes of the tests the bundling that another one has done: who needs a bundle first leaves it in the
// directory of this `npm test`. Its sources are the repository's, which nobody changes meanwhile; a test that writes
// workflow code of its own does so elsewhere, and bundles it.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BundleRequest, keepBundles, type WorkflowBundle } from "../../src/sdk/worker/bundle-workflows.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const directory = process.env["TEST_BUNDLES"];

if (directory) {
  keepBundles(async (request, make) => {
    if (!isOfRepository(request.path)) return make(request);
    const file = join(directory, `bundle-${nameOf(request)}.json`);
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as WorkflowBundle;
    const bundle = await make(request);
    // Whole or not at all, for who reads it at the same time.
    const unfinished = `${file}.${randomUUID()}`;
    writeFileSync(unfinished, JSON.stringify(bundle));
    renameSync(unfinished, file);
    return bundle;
  });
}

function isOfRepository(path: string): boolean {
  return path.startsWith(`${root}src/workflows/`) || (path.startsWith(`${root}test/`) && path.includes("/fixtures/"));
}

function nameOf({ path, interceptors, isTraced }: BundleRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([path, interceptors, isTraced]))
    .digest("hex");
}
