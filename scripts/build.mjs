// npm run build: dist/ anew.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./install.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { runMain } from "./setup-error.mjs";

await runMain(async () => {
  await ensureDependencies();
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  return run(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root });
});
