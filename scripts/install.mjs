import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exclusively } from "./exclusive.mjs";
import { elapsed } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Installs the dependencies with `npm ci` when the lock file is newer than what is installed.
 *
 * @param {(line: string) => void} [log]
 */
export async function ensureDependencies(log = console.error) {
  checkNodeVersion();
  if (isInstalled()) return;
  const lockFile = join(
    tmpdir(),
    `tenuto-install-${createHash("sha256").update(root).digest("hex").slice(0, 12)}.lock`,
  );
  const onWait = () => log("Another process is installing the dependencies; waiting for it.");
  await exclusively(lockFile, onWait, async () => {
    if (isInstalled()) return;
    log("Installing the dependencies (npm ci) …");
    const startedAt = Date.now();
    const code = await npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
    if (code !== 0) {
      throw new SetupError(
        `npm ci failed with exit code ${code}; its output is above. Check the network and the npm configuration, then try again.`,
      );
    }
    log(`The dependencies are installed (${elapsed(startedAt)}).`);
  });
}

function checkNodeVersion() {
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node;
  const [major = 0, minor = 0] = wanted.match(/\d+/g)?.map(Number) ?? [];
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new SetupError(
    `Node.js ${process.versions.node} is too old: Tenuto needs ${wanted}. Install a newer one (https://nodejs.org), then try again.`,
  );
}

function isInstalled() {
  const installed = statSync(join(root, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  return installed !== undefined && installed.mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

/** @param {readonly string[]} args */
function npm(args) {
  const ownScript = process.env.npm_execpath;
  if (ownScript?.endsWith("npm-cli.js")) return run(process.execPath, [ownScript, ...args], { cwd: root });
  return run("npm", args, { cwd: root, shell: process.platform === "win32" });
}
