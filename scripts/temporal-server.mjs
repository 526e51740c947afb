import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { cacheDirectory } from "./cache-directory.mjs";
import { buildServer } from "./temporal-build.mjs";
import { downloadServer } from "./temporal-download.mjs";
import { root } from "./root.mjs";
import { SetupError } from "./setup-error.mjs";

const OLDEST_SERVER = [1, 31];
const EXECUTABLE = process.platform === "win32" ? "temporal.exe" : "temporal";

/**
 * Finds a `temporal` binary, or gets one: TEMPORAL_CLI_PATH, `temporal` on PATH, our cache, the SDK's download, `go build`.
 *
 * @param {import("./temporal-server.mjs").FindOptions} options
 * @returns {Promise<import("./temporal-server.mjs").FoundServer>}
 */
export async function findTemporalServer({ env, log, download = downloadServer, build = buildServer }) {
  if (env.TEMPORAL_CLI_PATH) return { path: givenServer(env.TEMPORAL_CLI_PATH), source: "TEMPORAL_CLI_PATH" };

  const onPath = await serverOnPath(env);
  if ("path" in onPath) return { path: onPath.path, source: "PATH" };
  if (onPath.notice) log(`Skipped ${onPath.reason}.`);

  const cached = cachedServer(env);
  if (isExecutable(cached)) return { path: cached, source: "cache" };

  const step = { target: cached, env, log, checkVersion: assertNewEnough };
  const downloaded = await download(step);
  if ("path" in downloaded) return { path: downloaded.path, source: "download" };

  const built = await build(step);
  if ("path" in built) return { path: built.path, source: "build" };

  throw new SetupError(`No Temporal server was found, and none could be made:
  - TEMPORAL_CLI_PATH: not set
  - temporal on PATH: ${onPath.reason}
  - cache: nothing at ${cached}
  - download by the Temporal SDK: ${downloaded.reason}
  - go build of server/: ${built.reason}
Do one of these, then try again:
  - npm run dev only: set TEMPORAL_ADDRESS to a Temporal server that is running
  - set TEMPORAL_CLI_PATH to a temporal binary whose server is ${OLDEST_SERVER.join(".")} or newer
  - put such a binary on PATH as temporal (https://docs.temporal.io/cli/setup-cli)
  - get this machine onto the internet: the SDK then downloads one
  - install Go ${goVersion()} or newer (https://go.dev/dl/), able to download modules: it is then built from server/`);
}

/** Where the built or downloaded server is kept; the name follows the pinned recipe in `server/`.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function cachedServer(env) {
  const recipe = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) recipe.update(readFileSync(join(root, "server", file)));
  return join(cacheDirectory(env), `temporal-${recipe.digest("hex").slice(0, 12)}`, EXECUTABLE);
}

/** @param {string} path */
function givenServer(path) {
  const file = resolve(path);
  if (isExecutable(file)) return file;
  throw new SetupError(
    `TEMPORAL_CLI_PATH can't be used: there is no executable file at ${JSON.stringify(file)}. Correct it, or unset it to let Tenuto find a server.`,
  );
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Promise<{ path: string } | { reason: string, notice: boolean }>}
 */
async function serverOnPath(env) {
  const path = (env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((directory) => join(directory, EXECUTABLE))
    .find(isExecutable);
  if (!path) return { reason: "none", notice: false };
  try {
    await assertNewEnough(path);
    return { path };
  } catch (error) {
    return { reason: /** @type {Error} */ (error).message, notice: true };
  }
}

/** @param {string} path */
async function assertNewEnough(path) {
  const version = await new Promise((done, failed) =>
    execFile(path, ["--version"], { timeout: 20_000 }, (error, stdout) =>
      error ? failed(error) : done(stdout.trim()),
    ),
  ).catch((error) => {
    throw new Error(`${path}: its version can't be read (${error.message.split("\n")[0]})`);
  });
  const [, major, minor] = /Server v?(\d+)\.(\d+)/.exec(version) ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_SERVER;
  if (Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)) return;
  const got = major ? `server ${major}.${minor}` : `an unknown version (${JSON.stringify(version)})`;
  throw new Error(`${path}: it has ${got}, and ${OLDEST_SERVER.join(".")} or newer is needed`);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function goVersion() {
  return /^go (\S+)$/m.exec(readFileSync(join(root, "server", "go.mod"), "utf8"))?.[1];
}
