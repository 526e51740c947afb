// npm run dev: installs what is missing, finds a Temporal server, then hands over to src/bin/dev.ts.
import { ensureDashboard } from "./dashboard.mjs";
import { ensureDependencies } from "./install.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { runMain } from "./setup-error.mjs";
import { findTemporalServer } from "./temporal-server.mjs";
import { sourceFlags } from "./source-flags.mjs";

await runMain(async () => {
  await ensureDependencies();
  await ensureDashboard();
  const env = { ...process.env };
  if (!env.TEMPORAL_ADDRESS) {
    const server = await findTemporalServer({ env, log: console.error });
    env.TEMPORAL_CLI_PATH = server.path;
  }
  return run(process.execPath, [...sourceFlags, "src/bin/dev.ts"], {
    cwd: root,
    env,
    exitOnSignal: false,
    // The channel tells dev.ts that this process is gone, also when nobody could say goodbye.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
});
