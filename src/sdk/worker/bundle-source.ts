import type { WorkflowBundleWithSourceMap } from "@temporalio/worker";

/** All that makes one bundle differ from another of the same sources. */
export interface BundleRequest {
  readonly path: string;
  readonly interceptors: readonly string[];
  readonly isTraced: boolean;
}

/** Gives a bundle that was asked for; `make` makes it here. */
export type BundleSource = <B extends WorkflowBundleWithSourceMap>(
  request: BundleRequest,
  make: (request: BundleRequest) => Promise<B>,
) => Promise<B>;

let source: BundleSource = (request, make) => make(request);

/** Has bundles come from a place that may keep them, as where many processes need the same. */
export function keepBundles(from: BundleSource): void {
  source = from;
}

/** A bundle, from where this process has them from. */
export const bundleOf: BundleSource = (request, make) => source(request, make);
