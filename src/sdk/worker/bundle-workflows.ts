import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { type ExportedWorkflows, exportedWorkflows } from "./workflow-names.ts";

// Runs from TypeScript sources in this repository, and from compiled files everywhere else.
const isSource = import.meta.url.endsWith(".ts");
const interceptors = beside(isSource ? "../workflow/interceptors.ts" : "../workflow/interceptors.js");

/**
 * What all runs of a worker share: Temporal loads these once for each isolate, instead of once for each run, and freezes
 * what they export. Safe because the core keeps no state, which the linter holds.
 */
const sharedByRuns = [
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
  "retry-policy",
  "retryable-error",
  "run-account",
  "run-mark",
  "step-failure",
].map((name) => beside(`../core/${name}.${isSource ? "ts" : "js"}`));
const inertZod = beside("../workflow/inert-zod.cjs");

/** Nobody imports anything from what is to be loaded first, so the bundler would leave it out. */
const shared = { include: sharedByRuns, sideEffects: true };

/** Every module costs memory in every run. Nothing is renamed: names of functions and errors are seen in histories. */
const fewModules = { providedExports: true, usedExports: true, innerGraph: true, concatenateModules: true };

/** Documentation is a third of what Tenuto and its hashes add to a bundle. */
const withoutComments = {
  test: /\.[jt]s$/,
  include: [beside("../"), /[\\/]@noble[\\/]hashes[\\/]/],
  enforce: "post" as const,
  use: {
    loader: createRequire(createRequire(import.meta.url).resolve("@temporalio/worker")).resolve("swc-loader"),
    options: {
      sourceMaps: true,
      minify: true,
      jsc: { target: "es2022", minify: { compress: false, mangle: false, format: { comments: false } } },
    },
  },
};

/** Bundled workflow code, and what its workflows file exports, so that a worker can hold it against its app. */
export interface WorkflowBundle extends WorkflowBundleWithSourceMap {
  /** `undefined` when the bundler can't tell, as for a CommonJS file. */
  readonly workflows: ExportedWorkflows | undefined;
}

/** Workflow code that does not build; the message has each problem with its file and line. */
export class WorkflowBuildFailed extends Error {
  override readonly name = "WorkflowBuildFailed";
  readonly code = "WORKFLOW_BUILD_FAILED";
  readonly problems: readonly string[];

  constructor(workflowsPath: string, problems: readonly string[], options: ErrorOptions) {
    super(`The workflows at "${workflowsPath}" do not build:\n${problems.join("\n\n")}`, options);
    this.problems = problems;
  }
}

/** What else goes into a bundle. */
export interface BundleOptions {
  /** Further modules that export `interceptors`, which run inside Tenuto's own. @default none */
  readonly interceptors?: readonly (URL | string)[];
}

/**
 * Bundles workflow code for a worker or a replay, with `zod` replaced by an inert stub.
 *
 * @throws {@link WorkflowBuildFailed} when the code does not build, or when a file that is not a contract imports zod.
 * @example
 * const bundle = await bundleWorkflows(new URL("./workflows/index.ts", import.meta.url));
 */
export async function bundleWorkflows(
  workflowsPath: URL | string,
  options: BundleOptions = {},
): Promise<WorkflowBundle> {
  const path = pathOf(workflowsPath);
  const problems: string[] = [];
  let workflows: ExportedWorkflows | undefined;
  try {
    const bundle = await bundleWorkflowCode({
      workflowsPath: path,
      preloadModules: sharedByRuns,
      workflowInterceptorModules: [interceptors, ...(options.interceptors ?? []).map(pathOf)],
      webpackConfigHook: (config) => ({
        ...config,
        optimization: { ...config.optimization, ...fewModules },
        output: { ...config.output, pathinfo: false },
        module: { ...config.module, rules: [...(config.module?.rules ?? []), shared, withoutComments] },
        resolve: { ...config.resolve, ...(isSource && { conditionNames: ["tenuto-source", "..."] }) },
        plugins: [
          ...(config.plugins ?? []),
          { apply: replaceZod },
          {
            apply: (bundler) => {
              bundler.hooks.done.tap("tenuto", ({ compilation }) => {
                problems.push(...compilation.errors.map(({ message }) => message));
              });
              bundler.hooks.thisCompilation.tap("tenuto", (compilation) => {
                // Later, modules are no longer what they were in files.
                compilation.hooks.seal.tap("tenuto", () => {
                  workflows = exportedWorkflows(compilation, path);
                });
              });
            },
          },
        ],
      }),
      logger: quiet,
    });
    return { ...bundle, workflows };
  } catch (error) {
    if (problems.length === 0) throw error;
    throw new WorkflowBuildFailed(path, problems, { cause: error });
  }
}

function pathOf(module: URL | string): string {
  return module instanceof URL ? fileURLToPath(module) : module;
}

interface Resolution {
  request: string;
  readonly contextInfo: { readonly issuer: string };
}

interface Bundler {
  readonly hooks: {
    readonly normalModuleFactory: {
      tap(name: string, callback: (factory: ModuleFactory) => void): void;
    };
  };
}

interface ModuleFactory {
  readonly hooks: {
    readonly beforeResolve: { tap(name: string, callback: (resolution: Resolution) => void): void };
  };
}

function replaceZod(bundler: unknown): void {
  const { hooks } = bundler as Bundler;
  hooks.normalModuleFactory.tap("tenuto", (factory) => {
    factory.hooks.beforeResolve.tap("tenuto", (resolution) => {
      if (!/^zod($|\/)/.test(resolution.request)) return;
      const { issuer } = resolution.contextInfo;
      if (!/\.contract\.[cm]?[jt]sx?$/.test(issuer)) {
        throw new Error(
          `zod is imported by "${issuer}", which is bundled into workflow code, where schemas are inert. ` +
            "Move the schema to a *.contract.ts file.",
        );
      }
      resolution.request = inertZod;
    });
  });
}

function beside(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

function ignore(): void {
  // The bundler reports sizes and timings that nobody asked for; its errors are thrown.
}

const quiet = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
