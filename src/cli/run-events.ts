// Takes the events of an app's brokers. It is no call of the API: it needs what a consumer needs, which is Temporal's address, the
// brokers' and the encryption keys, by their variables.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import type { App } from "tenuto";
import { createClient, createEncryption } from "tenuto/client";
import { broughtSources, runConsumers } from "tenuto/events";
import { UsageError } from "./errors/usage-error.ts";
import type { CliHost } from "./host.ts";

/** What is under way is settled within ten seconds; the rest is to say goodbye. */
const exitWithinMs = 15_000;

/** Takes events until SIGTERM or SIGINT. @throws {@link UsageError} when the module has no app with such sources */
export async function runEvents({ stdout, variables }: CliHost, module: string): Promise<undefined> {
  const app = await loadApp(module);
  if (broughtSources(app).length === 0) {
    throw new UsageError(
      `App "${app.name}" has no event source whose events come from a broker: there is nothing to take.`,
    );
  }
  const level = variables["TENUTO_LOG_LEVEL"] || "info";
  const logger = pino({ name: "events", level }, { write: (line) => stdout.write(line) });
  const keys = variables["TENUTO_ENCRYPTION_KEYS"];
  const client = await createClient(app, keys ? { encryption: createEncryption(keys) } : {});
  const stop = new AbortController();
  const end = () => {
    stop.abort();
    setTimeout(() => process.exit(1), exitWithinMs).unref();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);
  try {
    await runConsumers({ app, client, logger, variables, signal: stop.signal });
  } finally {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.off(signal, end);
    await client.close();
  }
}

async function loadApp(module: string): Promise<App> {
  const { href } = pathToFileURL(resolve(module));
  const exported: unknown = await import(href).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--app ${module} can't be loaded: ${why}. Give a module of JavaScript, such as ./dist/app.js.`,
    );
  });
  const { app, default: byDefault } = exported as { readonly app?: unknown; readonly default?: unknown };
  const found = [app, byDefault].find(isApp);
  if (found) return found;
  throw new UsageError(`--app ${module} exports no app. Have it export what defineApp gives, as "app" or by default.`);
}

function isApp(value: unknown): value is App {
  const { name, workflows, activities } = (value ?? {}) as Partial<Record<keyof App, unknown>>;
  return typeof name === "string" && Array.isArray(workflows) && Array.isArray(activities);
}
