import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exclusively } from "./exclusive.mjs";
import { withProgress } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const STALLED_AFTER_MS = 45_000;

/**
 * Lets the Temporal SDK download the server that `server/go.mod` pins; without internet it fails in milliseconds.
 *
 * @type {import("./temporal-server.mjs").ServerStep}
 */
export async function downloadServer({ target, env, log, checkVersion }) {
  const version = /temporalio\/cli (v\S+)/.exec(readFileSync(join(root, "server", "go.mod"), "utf8"))?.[1] ?? "default";
  const directory = join(dirname(target), "download");
  const onWait = () => log("Another process is downloading the Temporal server; waiting for it.");
  return withProgress({ log, what: "Downloading the Temporal server" }, (doing) =>
    exclusively(`${dirname(target)}.lock`, onWait, async () => {
      if (statSync(target, { throwIfNoEntry: false })) return { path: target };
      mkdirSync(directory, { recursive: true });
      try {
        const failure = await fetchInto(directory, { version, env, doing });
        const file = readdirSync(directory).find((name) => !name.endsWith(".downloading"));
        if (failure || !file) return { reason: failure ?? "the SDK left no file" };
        await checkVersion(join(directory, file));
        renameSync(join(directory, file), target);
        log(`The Temporal server is downloaded into ${dirname(target)}.`);
        return { path: target };
      } catch (error) {
        return { reason: /** @type {Error} */ (error).message };
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    }),
  );
}

/**
 * @param {string} directory
 * @param {{ version: string, env: Readonly<Record<string, string | undefined>>, doing: (detail: string) => void }} options
 * @returns {Promise<string | undefined>} why it failed
 */
async function fetchInto(directory, { version, env, doing }) {
  const abort = new AbortController();
  let bytes = 0;
  let grewAt = Date.now();
  const watch = setInterval(() => {
    const now = sizeOf(directory);
    if (now !== bytes) grewAt = Date.now();
    bytes = now;
    if (bytes > 0) doing(`${Math.round(bytes / 1e6)} MB`);
    if (Date.now() - grewAt > STALLED_AFTER_MS) abort.abort();
  }, 1_000);
  /** @type {string[]} */
  const output = [];
  try {
    const child = fileURLToPath(new URL("temporal-download-child.mjs", import.meta.url));
    const code = await run(process.execPath, [child, directory, version], {
      cwd: root,
      env,
      abort: abort.signal,
      onLine: (line) => output.push(line),
    });
    if (abort.signal.aborted) return `no data came for ${STALLED_AFTER_MS / 1000} s`;
    return code === 0 ? undefined : (output.at(-1) ?? `exit code ${code}`);
  } finally {
    clearInterval(watch);
  }
}

/** @param {string} directory */
function sizeOf(directory) {
  return readdirSync(directory).reduce(
    (sum, name) => sum + (statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
