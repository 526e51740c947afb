import { pathToFileURL } from "node:url";
import type { ActivitiesImplementation } from "../activity/index.ts";
import type { App } from "../core/define-app.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import type { AlertOptions } from "../worker/alert-options.ts";
import type { ActivityMock } from "./compose-activities.ts";

/**
 * What a rig's worker runs in a process of its own. A module exports it as `worker`, and is loaded in the test's process
 * as well, which makes no activities.
 *
 * @example
 * ```ts
 * export const worker: RigWorker<{ gatewayUrl: string }> = {
 *   app,
 *   workflows: new URL("../src/workflows/index.ts", import.meta.url),
 *   activities: ({ gatewayUrl }) => [createPayments({ gateway: gatewayAt(gatewayUrl) })],
 * };
 * ```
 */
export interface RigWorker<Data = undefined> {
  readonly app: App;
  /** The one file that exports the workflow functions. */
  readonly workflows: URL | string;
  /** Makes the real activities of what the rig was given as `data`. @default none */
  readonly activities?: (data: Data) => readonly ActivitiesImplementation[];
  /** Makes stand-ins, which go before the real ones. @default none */
  readonly mocks?: (data: Data) => readonly ActivityMock[];
  /** Who is told of what goes wrong: the same channels as other processes of the test have. @default the log */
  readonly alerts?: (data: Data) => AlertOptions;
}

/** Where a module is, given as a URL or a path. */
export function hrefOf(module: URL | string): string {
  return (module instanceof URL ? module : pathToFileURL(module)).href;
}

/**
 * Loads what a module exports as `worker`.
 *
 * @throws `InvalidDefinition` when it exports no such thing.
 */
export async function loadRigWorker(href: string): Promise<RigWorker<unknown>> {
  const exported = (await import(href)) as { readonly worker?: Partial<RigWorker<unknown>> };
  const { worker } = exported;
  if (worker?.app && worker.workflows) return worker as RigWorker<unknown>;
  throw new InvalidDefinition({
    what: `The module "${href}" of the test rig's worker`,
    got: worker ? { worker: Object.keys(worker) } : Object.keys(exported),
    remedy: "Export this from it: `export const worker: RigWorker = { app, workflows, activities: () => […] }`.",
  });
}
