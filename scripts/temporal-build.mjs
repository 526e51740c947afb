import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { exclusively } from "./exclusive.mjs";
import { elapsed, withProgress } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const recipe = join(root, "server");

/**
 * Builds the pinned server with Go; the file appears in the cache at once, by a rename.
 *
 * @type {import("./temporal-server.mjs").ServerStep}
 */
export async function buildServer({ target, env, log }) {
  const go = await findGo(env);
  if ("reason" in go) return go;
  const what = "Building the Temporal server";
  return withProgress({ log, what }, (doing) => {
    const onWait = () => {
      log("Another process is building the Temporal server; waiting for it.");
      doing("waiting for another process that builds it");
    };
    return exclusively(`${dirname(target)}.lock`, onWait, async () => {
      if (statSync(target, { throwIfNoEntry: false })) return { path: target };
      log(`${what} from server/ with Go ${go.version}: about 4 minutes, once. It is kept in ${dirname(target)}.`);
      return compile({ target, env, log, doing });
    });
  });
}

/**
 * @param {{ target: string, env: Readonly<Record<string, string | undefined>>, log: (line: string) => void, doing: (detail: string) => void }} options
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
async function compile({ target, env, log, doing }) {
  const startedAt = Date.now();
  const unfinished = `${target}.${process.pid}.unfinished`;
  mkdirSync(dirname(target), { recursive: true });
  for (const left of readdirSync(dirname(target))) {
    if (left.startsWith(basename(target)) && left.endsWith(".unfinished")) rmSync(join(dirname(target), left));
  }
  /** @type {string[]} */
  const output = [];
  let packages = 0;
  const code = await run("go", ["build", "-v", "-o", unfinished, "github.com/temporalio/cli/cmd/temporal"], {
    cwd: recipe,
    env,
    onLine(line) {
      output.push(line);
      if (/^[\w.~-]+(\/[\w.~-]+)*$/.test(line)) doing(`${++packages} packages compiled, last ${line}`);
      else doing(line);
    },
  });
  if (code !== 0) {
    rmSync(unfinished, { force: true });
    return {
      reason: `go build failed with exit code ${code}:\n${output.slice(-8).join("\n").replace(/^/gm, "      ")}`,
    };
  }
  renameSync(unfinished, target);
  log(`The Temporal server is built (${elapsed(startedAt)}).`);
  return { path: target };
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Promise<{ version: string } | { reason: string }>}
 */
async function findGo(env) {
  const wanted = /^go (\S+)$/m.exec(readFileSync(join(recipe, "go.mod"), "utf8"))?.[1] ?? "";
  /** @type {string[]} */
  const output = [];
  try {
    // In this folder Go answers with the toolchain it would use for the recipe, or says why it has none.
    const code = await run("go", ["version"], { cwd: recipe, env, onLine: (line) => output.push(line) });
    const version = /go version go(\S+)/.exec(output.join("\n"))?.[1];
    if (code === 0 && version && !isOlder(version, wanted)) return { version };
    return { reason: `Go ${wanted} or newer is needed (got: ${output.at(-1) ?? `exit code ${code}`})` };
  } catch {
    return { reason: `there is no go on PATH (${wanted} or newer is needed)` };
  }
}

/** @param {string} version @param {string} than */
function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split(/\D+/).map(Number));
  for (let i = 0; i < 3; i++) if ((a?.[i] ?? 0) !== (b?.[i] ?? 0)) return (a?.[i] ?? 0) < (b?.[i] ?? 0);
  return false;
}
