// Spares the processes of the tests the bundling: bundle-server.ts does it once for all of them. The sources are the
// repository's, which nobody changes meanwhile; a test that writes workflow code of its own does so elsewhere, and bundles it.
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { type BundleRequest, type BundleSource, keepBundles } from "../../src/sdk/worker/bundle-source.ts";
import { bundleFile, bundleSocket } from "./bundle-files.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const directory = process.env["TEST_BUNDLES"];

if (directory) keepBundles(sourceIn(directory));

function sourceIn(place: string): BundleSource {
  return async (wanted, make) => {
    if (!isOfRepository(wanted.path)) return make(wanted);
    const file = bundleFile(place, wanted);
    if (!existsSync(file)) await askFor(wanted, bundleSocket(place));
    if (!existsSync(file)) return make(wanted);
    return JSON.parse(readFileSync(file, "utf8")) as Awaited<ReturnType<typeof make>>;
  };
}

function isOfRepository(path: string): boolean {
  return path.startsWith(`${root}src/`) || (path.startsWith(`${root}test/`) && path.includes("/fixtures/"));
}

function askFor(wanted: BundleRequest, socketPath: string): Promise<void> {
  return new Promise((resolve) => {
    request({ socketPath, method: "POST" }, (response) => response.resume().once("end", resolve))
      .once("error", () => {
        resolve();
      })
      .end(JSON.stringify(wanted));
  });
}
