// Where the bundles of one `npm test` are.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { BundleRequest } from "../../src/sdk/worker/bundle-source.ts";

/** Where the one who bundles is asked. */
export function bundleSocket(directory: string): string {
  return join(directory, "bundles.sock");
}

/** A bundle that was asked for. */
export function bundleFile(directory: string, { path, interceptors, isTraced }: BundleRequest): string {
  const name = createHash("sha256")
    .update(JSON.stringify([path, interceptors, isTraced]))
    .digest("hex");
  return join(directory, `bundle-${name}.json`);
}
