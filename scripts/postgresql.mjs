import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { canInstallPackages, installPackages } from "./debian-packages.mjs";
import { SetupError } from "./setup-error.mjs";

/** Where Debian has its programs, a folder for each version. */
const debian = "/usr/lib/postgresql";

/**
 * @typedef {object} Postgresql
 * @property {string} initdb its path
 * @property {string} postgres its path
 * @property {{ uid: number, gid: number }} [user] as whom they run; as ourselves when it is missing
 */

/**
 * Finds PostgreSQL on PATH or where Debian has it; root on Debian installs it when it is missing.
 *
 * @param {{ env: Readonly<Record<string, string | undefined>>, log: (line: string) => void }} options
 * @returns {Promise<Postgresql>}
 */
export async function findPostgresql({ env, log }) {
  const isRoot = process.getuid?.() === 0;
  let folder = programFolder(env);
  if (!folder && canInstallPackages()) {
    log("PostgreSQL is missing; installing Debian's (apt-get install postgresql) …");
    await installPackages(["postgresql"], { env });
    folder = programFolder(env);
  }
  if (!folder) {
    throw new SetupError(`PostgreSQL was not found: no folder on PATH or in ${debian}/*/bin has initdb and postgres.
Install it (on Debian: sudo apt-get install postgresql), or put its programs on PATH, then try again.`);
  }
  return {
    initdb: join(folder, "initdb"),
    postgres: join(folder, "postgres"),
    ...(isRoot && { user: unprivileged() }),
  };
}

/** @param {Readonly<Record<string, string | undefined>>} env */
function programFolder(env) {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...(env.PATH ?? "").split(delimiter).filter(Boolean),
    ...versions.map((version) => join(debian, version, "bin")),
  ].find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name))));
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = ["-u", "-g"].map((what) => Number(execFileSync("id", [what, name], { stdio: "pipe" })));
      if (uid && gid !== undefined) return { uid, gid };
    } catch {
      // There is no such user.
    }
  }
  throw new SetupError(
    "PostgreSQL doesn't run as root, and this machine has no user postgres or nobody. Run this as another user than root.",
  );
}
