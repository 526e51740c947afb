// The dashboard's files, made by Vite from src/dashboard. They go to dist/dashboard for the package; while the sources are
// served (npm run dev, npm test) they are made when something changed, in a folder that no build of the package removes.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exclusively } from "./exclusive.mjs";
import { root } from "./root.mjs";

const sources = join(root, "src", "dashboard");
const made = join(root, "node_modules", ".cache", "tenuto-dashboard");
const stampFile = join(made, "stamp.txt");

/**
 * Makes the dashboard's files anew.
 *
 * @param {string} outDir
 */
export async function buildDashboard(outDir) {
  const { build } = await import("vite");
  await build({
    root: sources,
    configFile: false,
    logLevel: "warn",
    // Relative, so that the API can be mounted anywhere.
    base: "./",
    build: { outDir, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
}

/** Makes the files that the sources of the API serve, unless they are those of the sources of today. */
export async function ensureDashboard() {
  const stamp = stampOfSources();
  if (isMade(stamp)) return;
  const onWait = () => console.error("Another process is making the dashboard; waiting for it.");
  await exclusively(`${made}.lock`, onWait, async () => {
    if (isMade(stamp)) return;
    const fresh = `${made}.${process.pid}`;
    await buildDashboard(fresh);
    writeFileSync(join(fresh, "stamp.txt"), stamp);
    rmSync(made, { recursive: true, force: true });
    renameSync(fresh, made);
  });
}

/** @param {string} stamp */
function isMade(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

function stampOfSources() {
  const hash = createHash("sha256");
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  for (const name of ["vite", "preact", "uplot", "@dagrejs/dagre", "@dagrejs/graphlib"])
    hash.update(lock.packages[`node_modules/${name}`].version);
  const files = readdirSync(sources, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    hash.update(file.slice(sources.length)).update(readFileSync(file));
  }
  return hash.digest("hex");
}
