// What Tenuto adds to any bundle of workflow code: its interceptors, inert schemas, and less memory for each run.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { BundleOptions } from "@temporalio/worker";
import { failureConverterPath } from "../client/encryption.ts";
import { withFailureConverter } from "./coded-payloads.ts";
import { type ExportedWorkflows, exportedWorkflows } from "./workflow-names.ts";

/** What differs between bundles. */
export interface BundleConfiguration {
  /** The types that have a contract; runs of others are left alone. @default every type of the bundle */
  readonly contracted?: readonly string[];
  /** Whether runs record spans and pass their trace on. */
  readonly isTraced: boolean;
  /** Is told what the workflows file exports. A throw stops the build. */
  readonly onExports: (exported: ExportedWorkflows) => void;
  /** Whether payloads leave the worker encrypted. @default a worker changes it in the bundle */
  readonly isCoded?: boolean;
}

// Runs from TypeScript sources in this repository, and from compiled files everywhere else.
const isSource = import.meta.url.endsWith(".ts");
const extension = isSource ? "ts" : "js";
const interceptors = beside(`../workflow/interceptors.${extension}`);
const traceInterceptors = beside(`../workflow/tracing.${extension}`);
const inertZod = beside("../workflow/inert-zod.cjs");

/**
 * What all runs of a worker share: Temporal loads these once for each isolate, instead of once for each run, and freezes
 * what they export. Safe because the core keeps no state, which the linter holds.
 */
const sharedByRuns = [
  ...[
    "dead-letter",
    "dead-letter-id",
    "declared-error",
    "define-activities",
    "define-workflow",
    "duration",
    "errors/saga-open",
    "idempotency-key",
    "incident",
    "intake",
    "programming-error",
    "redrive",
    "retry-policy",
    "retryable-error",
    "run-account",
    "run-mark",
    "step-failure",
  ].map((name) => beside(`../core/${name}.${extension}`)),
  failureConverterPath,
];

const sharedByTraces = beside(`../core/tracing.${extension}`);

/** Nobody imports anything from what is to be loaded first, so the bundler would leave it out. */
const keptWhole = { include: [...sharedByRuns, sharedByTraces], sideEffects: true };

/** Every module costs memory in every run. Nothing is renamed: names of functions and errors are seen in histories. */
const fewModules = { providedExports: true, usedExports: true, innerGraph: true, concatenateModules: true };

/** Comments are a third of what Tenuto and its hashes add to a bundle. */
const withoutComments = {
  test: /\.[jt]s$/,
  include: [beside("../"), /[\\/]@noble[\\/]hashes[\\/]/],
  enforce: "post" as const,
  use: {
    loader: createRequire(createRequire(import.meta.url).resolve("@temporalio/worker")).resolve("swc-loader"),
    options: {
      sourceMaps: true,
      jsc: { target: "es2022", minify: { compress: false, mangle: false, format: { comments: false } } },
    },
  },
};

/** Adds to the options of Temporal's bundler what Tenuto's runs need; what was given stays. */
export function configureBundle(given: BundleOptions, configuration: BundleConfiguration): BundleOptions {
  const { contracted, isTraced, onExports, isCoded = false } = configuration;
  const options = withFailureConverter(given, { isCoded });
  const shared = isTraced ? [...sharedByRuns, sharedByTraces] : sharedByRuns;
  // Tenuto's are outermost: they decide what ends a run. Tracing is around them, and sees what they decided.
  const own = isTraced ? [traceInterceptors, interceptors] : [interceptors];
  return {
    ...options,
    // Of Temporal's package, what is behind its index comes into every run; Temporal shares the rest already.
    preloadModules: [...(options.preloadModules ?? []), "@temporalio/workflow", ...shared],
    workflowInterceptorModules: [...own, ...(options.workflowInterceptorModules ?? [])],
    webpackConfigHook: (given) => {
      const config = options.webpackConfigHook?.(given) ?? given;
      return {
        ...config,
        optimization: { ...config.optimization, ...fewModules },
        output: { ...config.output, pathinfo: false },
        module: { ...config.module, rules: [...(config.module?.rules ?? []), keptWhole, withoutComments] },
        resolve: { ...config.resolve, ...(isSource && { conditionNames: ["tenuto-source", "..."] }) },
        plugins: [
          ...(config.plugins ?? []),
          {
            apply: (bundler) => {
              const names = JSON.stringify(contracted ?? null);
              new bundler.webpack.DefinePlugin({ TENUTO_CONTRACTED: names }).apply(bundler);
              replaceZod(bundler, { isRefusedElsewhere: contracted === undefined });
              tellExports(bundler, { path: options.workflowsPath, onExports });
            },
          },
        ],
      };
    },
  };
}

/** Whether a bundle's code was made with {@link configureBundle}, for a worker that sends traces. */
export function isTracedBundle(code: string): boolean {
  return /sdk\/workflow\/tracing\.[jt]s/.test(code);
}

/** Whether a bundle's code was made with {@link configureBundle}. */
export function isConfigured(code: string): boolean {
  return /sdk\/workflow\/interceptors\.[jt]s/.test(code);
}

interface Bundler {
  readonly hooks: {
    readonly normalModuleFactory: { tap(name: string, callback: (factory: ModuleFactory) => void): void };
    readonly thisCompilation: { tap(name: string, callback: (compilation: Finishing) => void): void };
  };
}

interface ModuleFactory {
  readonly hooks: {
    readonly beforeResolve: { tap(name: string, callback: (resolution: Resolution) => void): void };
  };
}

interface Resolution {
  request: string;
  readonly contextInfo: { readonly issuer: string };
}

interface Finishing {
  readonly hooks: {
    readonly finishModules: { tap(options: { name: string; stage: number }, callback: () => void): void };
  };
}

function replaceZod({ hooks }: Bundler, { isRefusedElsewhere }: { readonly isRefusedElsewhere: boolean }): void {
  hooks.normalModuleFactory.tap("tenuto", (factory) => {
    factory.hooks.beforeResolve.tap("tenuto", (resolution) => {
      if (!/^zod($|\/)/.test(resolution.request)) return;
      const { issuer } = resolution.contextInfo;
      if (/\.contract\.[cm]?[jt]sx?$/.test(issuer)) {
        resolution.request = inertZod;
        return;
      }
      if (!isRefusedElsewhere) return;
      throw new Error(
        `zod is imported by "${issuer}", which is bundled into workflow code, where schemas are inert. ` +
          "Move the schema to a *.contract.ts file.",
      );
    });
  });
}

function tellExports(
  { hooks }: Bundler,
  { path, onExports }: { readonly path: string; readonly onExports: BundleConfiguration["onExports"] },
): void {
  hooks.thisCompilation.tap("tenuto", (compilation) => {
    // After the bundler knows what each file exports, and before it joins the files.
    compilation.hooks.finishModules.tap({ name: "tenuto", stage: 1_000 }, () => {
      const exported = exportedWorkflows(compilation, path);
      if (exported) onExports(exported);
    });
  });
}

function beside(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
