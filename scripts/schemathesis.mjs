// Schemathesis (https://schemathesis.readthedocs.io), in a Python environment of its own that is made once and kept.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "./cache-directory.mjs";
import { exclusively } from "./exclusive.mjs";
import { run } from "./run.mjs";
import { SetupError } from "./setup-error.mjs";

const VERSION = "4.32.5";

/**
 * Finds the program `schemathesis`, or installs it.
 *
 * @param {{ env: Readonly<Record<string, string | undefined>>, log(line: string): void }} options
 * @returns {Promise<string>} its path
 */
export async function findSchemathesis({ env, log }) {
  const directory = join(cacheDirectory(env), `schemathesis-${VERSION}`);
  const program = join(directory, "bin", "schemathesis");
  if (existsSync(program)) return program;
  await exclusively(
    `${directory}.lock`,
    () => log("Another process is installing Schemathesis; waiting for it."),
    async () => {
      if (existsSync(program)) return;
      log(`Installing Schemathesis ${VERSION} …`);
      await install(directory);
    },
  );
  return program;
}

/** @param {string} directory */
async function install(directory) {
  rmSync(directory, { recursive: true, force: true });
  if (!(await makeEnvironment(directory))) {
    await installPython();
    rmSync(directory, { recursive: true, force: true });
    if (!(await makeEnvironment(directory))) {
      throw new SetupError(
        "python3 can't make a virtual environment. Install python3 and python3-venv, then try again.",
      );
    }
  }
  const pip = join(directory, "bin", "pip");
  const code = await run(pip, ["install", "--quiet", "--disable-pip-version-check", `schemathesis==${VERSION}`]);
  if (code === 0) return;
  rmSync(directory, { recursive: true, force: true });
  throw new SetupError(`pip could not install schemathesis ${VERSION}; its output is above.`);
}

/** @param {string} directory */
async function makeEnvironment(directory) {
  try {
    return (await run("python3", ["-m", "venv", directory], { stdio: "ignore" })) === 0;
  } catch {
    return false;
  }
}

async function installPython() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  await run("apt-get", ["update", "-qq"]);
  await run("apt-get", ["install", "-y", "-qq", "python3", "python3-venv"]);
}
