// npm run bench -- NAME [arguments]: runs bench/NAME.bench.ts.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./install.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { SetupError, runMain } from "./setup-error.mjs";
import { findTemporalServer } from "./temporal-server.mjs";
import { tsxFlags } from "./tsx.mjs";

await runMain(async () => {
  const [name = "", ...args] = process.argv.slice(2);
  const suffix = ".bench.ts";
  const directory = join(root, "bench");
  const names = existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => file.endsWith(suffix))
        .map((file) => file.slice(0, -suffix.length))
        .sort()
    : [];
  if (!names.includes(name)) {
    const problem = name ? `There is no benchmark ${JSON.stringify(name)}.` : "Which benchmark?";
    throw new SetupError(`${problem} Say npm run bench -- NAME with one of: ${names.join(", ") || "(none yet)"}`);
  }
  await ensureDependencies();
  const server = await findTemporalServer({ env: process.env, log: console.error });
  return run(process.execPath, [...tsxFlags, `bench/${name}${suffix}`, ...args], {
    cwd: root,
    env: { ...process.env, TEMPORAL_CLI_PATH: server.path },
    exitOnSignal: false,
  });
});
