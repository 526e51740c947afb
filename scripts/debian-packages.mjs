import { existsSync, rmSync, writeFileSync } from "node:fs";
import { run } from "./run.mjs";
import { SetupError } from "./setup-error.mjs";

/** What package scripts ask before they start a service. */
const policy = "/usr/sbin/policy-rc.d";

/** Whether this process may install Debian's packages. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/**
 * Installs Debian's packages, without those that they only recommend. No service of theirs is started: the project starts
 * servers of its own, and a machine that had none running gets none.
 *
 * @param {readonly string[]} packages
 * @param {{ env: Readonly<Record<string, string | undefined>> }} options
 */
export async function installPackages(packages, { env }) {
  const isOurs = forbidServices();
  try {
    for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...packages]]) {
      const code = await run("apt-get", args, { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "inherit" });
      if (code !== 0) throw new SetupError(`apt-get ${args.join(" ")} failed with exit code ${code}.`);
    }
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}

/** @returns {boolean} whether the policy is ours, and to be removed */
function forbidServices() {
  try {
    writeFileSync(policy, "#!/bin/sh\nexit 101\n", { flag: "wx", mode: 0o755 });
    return true;
  } catch (error) {
    // The machine has one already: who made it has decided.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}
