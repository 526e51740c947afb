// npm run build: dist/ anew.
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildDashboard } from "./dashboard.mjs";
import { ensureDependencies } from "./install.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { runMain } from "./setup-error.mjs";

await runMain(async () => {
  await ensureDependencies();
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const code = await run(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root });
  if (code !== 0) return code;
  // The bundler is given this file by path, beside the compiled ones.
  const inertZod = join("sdk", "workflow", "inert-zod.cjs");
  copyFileSync(join(root, "src", inertZod), join(root, "dist", inertZod));
  await buildDashboard(join(root, "dist", "dashboard"));
  return 0;
});
