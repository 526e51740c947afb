import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from "@temporalio/worker";
import { bundleOf, type BundleRequest } from "./bundle-source.ts";
import { configureBundle } from "./configure-bundle.ts";
import type { ExportedWorkflows } from "./workflow-names.ts";

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
  /** Whether it is for a worker with `tracing`. @default false */
  readonly isTraced?: boolean;
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
  const interceptors = options.interceptors?.map(pathOf) ?? [];
  const isTraced = options.isTraced ?? false;
  return bundleOf({ path, interceptors, isTraced }, make);
}

async function make({ path, interceptors, isTraced }: BundleRequest): Promise<WorkflowBundle> {
  const problems: string[] = [];
  let workflows: ExportedWorkflows | undefined;
  try {
    const bundle = await bundleWorkflowCode({
      workflowsPath: path,
      workflowInterceptorModules: [...interceptors],
      plugins: [
        {
          name: "tenuto",
          configureBundler: (given) =>
            configureBundle(given, {
              isTraced,
              onExports: (exported) => {
                workflows = exported;
              },
            }),
        },
      ],
      webpackConfigHook: (config) => ({
        ...config,
        plugins: [
          ...(config.plugins ?? []),
          {
            apply: (bundler) => {
              bundler.hooks.done.tap("tenuto", ({ compilation }) => {
                problems.push(...compilation.errors.map(({ message }) => message));
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

function ignore(): void {
  // The bundler reports sizes and timings that nobody asked for; its errors are thrown.
}

const quiet = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
