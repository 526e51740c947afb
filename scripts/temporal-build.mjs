import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { exclusively } from "./exclusive.mjs";
import { elapsed, withProgress } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const recipe = join(root, "server");

/**
 * Builds the pinned server with Go.
 *
 * @type {import("./temporal-server.mjs").ServerStep}
 */
export function buildServer(step) {
  return buildTool(step, {
    package: "github.com/temporalio/cli/cmd/temporal",
    what: "the Temporal server",
    takes: "about 4 minutes",
  });
}

/**
 * Builds one of the tools that `server/go.mod` pins; the file appears in the cache at once, by a rename.
 *
 * @param {{ target: string, env: Readonly<Record<string, string | undefined>>, log: (line: string) => void }} step
 * @param {{ package: string, what: string, takes: string }} tool
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function buildTool({ target, env, log }, tool) {
  const go = await findGo(env);
  if ("reason" in go) return go;
  return withProgress({ log, what: `Building ${tool.what}` }, (doing) => {
    const onWait = () => {
      log(`Another process is building ${tool.what}; waiting for it.`);
      doing("waiting for another process that builds it");
    };
    return exclusively(`${dirname(target)}.lock`, onWait, async () => {
      if (statSync(target, { throwIfNoEntry: false })) return { path: target };
      const kept = `${tool.takes}, once. It is kept in ${dirname(target)}.`;
      log(`Building ${tool.what} from server/ with Go ${go.version}: ${kept}`);
      return compile({ target, env, log, doing }, tool);
    });
  });
}

/**
 * @param {{ target: string, env: Readonly<Record<string, string | undefined>>, log: (line: string) => void, doing: (detail: string) => void }} options
 * @param {{ package: string, what: string }} tool
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
async function compile({ target, env, log, doing }, tool) {
  const startedAt = Date.now();
  const unfinished = `${target}.${process.pid}.unfinished`;
  mkdirSync(dirname(target), { recursive: true });
  for (const left of readdirSync(dirname(target))) {
    if (left.startsWith(`${basename(target)}.`) && left.endsWith(".unfinished")) rmSync(join(dirname(target), left));
  }
  /** @type {string[]} */
  const output = [];
  let packages = 0;
  const build = ["go", "build", "-v", "-o", unfinished, tool.package];
  // All cores for minutes: whoever waits for it goes on with something else meanwhile.
  const [command = "", ...args] = process.platform === "win32" ? build : ["nice", ...build];
  const code = await run(command, args, {
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
  log(`${tool.what[0]?.toUpperCase()}${tool.what.slice(1)} is built (${elapsed(startedAt)}).`);
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
