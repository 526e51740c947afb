// npm run histories: records the histories that the tests replay and that are not there yet, on a server of its own.
// After `--`: names of histories, shop, incidents, tasks or windows; --replace to record anew what is there; --to DIR instead of test.
import { ensureDependencies } from "./install.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { runMain } from "./setup-error.mjs";
import { findTemporalServer } from "./temporal-server.mjs";
import { sourceFlags } from "./source-flags.mjs";

await runMain(async () => {
  await ensureDependencies();
  const server = await findTemporalServer({ env: process.env, log: console.error });
  return run(process.execPath, [...sourceFlags, "test/rig/record-histories.ts", ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, TEMPORAL_CLI_PATH: server.path },
    exitOnSignal: false,
  });
});
