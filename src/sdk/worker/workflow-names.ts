import { realpathSync } from "node:fs";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import type { App } from "../core/define-app.ts";

/** What the workflows file exports, as the bundler saw it. */
export interface ExportedWorkflows {
  readonly path: string;
  readonly names: readonly string[];
}

interface BundledModule {
  readonly resource?: string;
}

/** What is used of webpack's compilation. */
export interface Compilation {
  readonly modules: Iterable<BundledModule>;
  readonly moduleGraph: {
    getExportsInfo(module: BundledModule): { getProvidedExports(): readonly string[] | true | null };
  };
}

/** The names that the workflows file exports; `undefined` when they are known only at run time (CommonJS). */
export function exportedWorkflows(compilation: unknown, workflowsPath: string): ExportedWorkflows | undefined {
  const { modules, moduleGraph } = compilation as Compilation;
  const path = realpathSync(workflowsPath);
  const module = [...modules].find(({ resource }) => resource === path || isIndexOf(path, resource));
  const names = module && moduleGraph.getExportsInfo(module).getProvidedExports();
  return Array.isArray(names) ? { path: module?.resource ?? path, names: names as readonly string[] } : undefined;
}

/**
 * Holds that an app and its workflows file name the same workflows.
 *
 * @throws {@link InvalidDefinition} naming the file to mend.
 */
export function assertWorkflowsBound(app: App, exported: ExportedWorkflows): void {
  assertContractsBound(app, exported);
  const { path, names } = exported;
  const declared = app.workflows.map(({ name }) => name);
  // Temporal's own catch-all for types without a function of their own.
  const unknown = names.find((name) => name !== "default" && !declared.includes(name));
  if (unknown !== undefined) {
    throw new InvalidDefinition({
      what: `The workflows file "${path}"`,
      got: names,
      remedy: `Add the contract of "${unknown}" to \`workflows\` of defineApp, or don't export it from there.`,
    });
  }
}

/**
 * Holds that a workflows file has each workflow of an app; it may have raw ones beside them.
 *
 * @throws {@link InvalidDefinition} naming the file to mend.
 */
export function assertContractsBound(app: App, { path, names }: ExportedWorkflows): void {
  const missing = app.workflows.find(({ name }) => !names.includes(name));
  if (!missing) return;
  throw new InvalidDefinition({
    what: `The workflows file "${path}"`,
    got: names,
    remedy: `Export an async function "${missing.name}" from it, or take its contract out of app "${app.name}".`,
  });
}

function isIndexOf(directory: string, resource: string | undefined): boolean {
  return resource !== undefined && /^[\\/]index\.[cm]?[jt]sx?$/.test(resource.replace(directory, ""));
}
