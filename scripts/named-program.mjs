// Runs one of the project's programs by name, on a Temporal server that is found or built first.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./install.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { SetupError } from "./setup-error.mjs";
import { findTemporalServer } from "./temporal-server.mjs";
import { sourceFlags } from "./source-flags.mjs";

/**
 * Runs `{directory}/{name}.{kind}.ts` with the arguments that follow its name on the command line.
 *
 * @param {{ readonly kind: string; readonly what: string; readonly directory: string }} program
 */
export async function runNamedProgram({ kind, what, directory }) {
  const [name = "", ...args] = process.argv.slice(2);
  const suffix = `.${kind}.ts`;
  const path = join(root, directory);
  const names = existsSync(path)
    ? readdirSync(path)
        .filter((file) => file.endsWith(suffix))
        .map((file) => file.slice(0, -suffix.length))
        .sort()
    : [];
  if (!names.includes(name)) {
    const problem = name ? `There is no ${what} ${JSON.stringify(name)}.` : `Which ${what}?`;
    throw new SetupError(`${problem} Say npm run ${kind} -- NAME with one of: ${names.join(", ") || "(none yet)"}`);
  }
  await ensureDependencies();
  const server = await findTemporalServer({ env: process.env, log: console.error });
  return run(process.execPath, [...sourceFlags, `${directory}/${name}${suffix}`, ...args], {
    cwd: root,
    env: { ...process.env, TEMPORAL_CLI_PATH: server.path },
    exitOnSignal: false,
  });
}
