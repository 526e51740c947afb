// npm test: installs what is missing, starts one Temporal server of its own, runs the tests against it, and cleans up.
// npm test -- --postgres does so with a server on PostgreSQL.
// TEMPORAL_ADDRESS and everything else that could point the tests at somebody's server is kept from them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureDashboard } from "./dashboard.mjs";
import { ensureDependencies } from "./install.mjs";
import { prepareTestbed } from "./prepare-testbed.mjs";
import { passedMark, runAgainAlone } from "./run-again.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { runMain } from "./setup-error.mjs";
import { findTemporalServer } from "./temporal-server.mjs";
import { groupFiles, selectTests } from "./test-files.mjs";
import { sourceFlags, testFlags } from "./source-flags.mjs";

const isCi = process.env.CI === "true";
/** A process that outlives its tests would otherwise hold the run for ever. */
const processTimeoutMs = 15 * 60_000;

await runMain(async () => {
  const { onPostgres, ...selection } = selectTests(process.argv.slice(2));
  await ensureDependencies();
  await ensureDashboard();
  const binary = (await findTemporalServer({ env: process.env, log: console.error })).path;
  const given = process.env.TENUTO_TEST_TEMPORAL_ADDRESS;
  const startTestbed = onPostgres && !given && (await prepareTestbed({ env: process.env, log: console.error }));
  const directory = mkdtempSync(join(tmpdir(), "tenuto-test-"));
  /** @type {{ address: string, stop(): Promise<void> } | undefined} */
  let server;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let bundleServer;
  const cleanUp = async () => {
    bundleServer?.kill("SIGKILL");
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  /** @param {NodeJS.Signals} signal */
  const interrupted = async (signal) => {
    await cleanUp();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  // While the server starts; later the runner is told first, and ends by itself.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.once(signal, interrupted);
  try {
    if (startTestbed) server = await startTestbed();
    else if (!given) server = await startServer({ binary, dbFile: join(directory, "temporal.db") });
    const address = given || /** @type {{ address: string }} */ (server).address;
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.off(signal, interrupted);
    const env = { ...testEnvironment({ binary, address }), TEST_BUNDLES: directory };
    bundleServer = startBundleServer({ directory, env });
    await isReady(bundleServer);
    return await runTests({ ...selection, directory, env });
  } finally {
    await cleanUp();
  }
});

/** @param {{ binary: string, dbFile: string }} options */
async function startServer(options) {
  await import("./strip-types.mjs");
  const { startEmbeddedServer } = await import("../src/dev/embedded-server.ts");
  // It has memory enough, and a sixth of its time would be spent on collecting garbage.
  return startEmbeddedServer({ ...options, env: { GOGC: "400" } });
}

/** @param {{ binary: string, address: string }} own */
function testEnvironment({ binary, address }) {
  /** @type {Record<string, string | undefined>} */
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|TENUTO)_/.test(name)));
  if (isCi) {
    env.NO_COLOR = "1";
    delete env.FORCE_COLOR;
  }
  return { ...env, TEMPORAL_CLI_PATH: binary, TENUTO_TEST_TEMPORAL_ADDRESS: address };
}

/** @param {{ directory: string, env: Record<string, string | undefined> }} options */
function startBundleServer({ directory, env }) {
  const exitWithParent = new URL("exit-with-parent.mjs", import.meta.url).href;
  const flags = [...sourceFlags, "--import", exitWithParent];
  return spawn(process.execPath, [...flags, "test/rig/bundle-server.ts", directory], {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** @param {import("node:child_process").ChildProcess} child */
async function isReady(child) {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`The process that bundles workflows for the tests ended with ${code}`);
  });
  await Promise.race([once(child, "message"), ended]);
  ended.catch(() => undefined);
}

/**
 * Each file is a process of its own; of the whole suite, several files share one.
 *
 * @param {{ flags: string[], files: string[], isWhole: boolean, directory: string, env: Record<string, string | undefined> }} options
 */
async function runTests({ flags, files, isWhole, directory, env }) {
  const countsFile = join(directory, "counts.json");
  /** @param {readonly string[]} some @param {{ atOnce: number, reporters: readonly string[] }} how */
  const runFiles = (some, { atOnce, reporters }) =>
    run(
      process.execPath,
      [
        ...testFlags,
        "--import",
        pathToFileURL(join(root, "test", "rig", "preload.mjs")).href,
        "--test",
        `--test-concurrency=${atOnce}`,
        `--test-timeout=${processTimeoutMs}`,
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        ...reporters,
        ...flags,
        ...some,
      ],
      { cwd: root, env, exitOnSignal: false },
    );
  const groups = isWhole ? writeGroups(files, directory) : files;
  const counted = [
    `--test-reporter=${pathToFileURL(join(root, "scripts", "test-counts-reporter.mjs"))}`,
    `--test-reporter-destination=${countsFile}`,
  ];
  const first = await runFiles(groups, { atOnce: 3, reporters: counted });
  const code = isWhole
    ? await runAgainAlone(first, {
        failed: groups.filter((group) => !existsSync(passedMark(directory, group))),
        run: (again) => runFiles(again, { atOnce: 1, reporters: [] }),
        log: console.error,
      })
    : first;
  const counts = existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, "utf8") || "{}") : {};
  if (code !== 0) return code;
  if (!(counts.tests - counts.leftOut - counts.empty > 0)) {
    return refuse("no test ran. Check the files and the name pattern given.");
  }
  const skipped = counts.skipped - counts.leftOut;
  if (isCi && skipped + counts.todo > 0) {
    return refuse(`${skipped} skipped and ${counts.todo} todo tests. In CI every test must run.`);
  }
  return 0;
}

/** @param {string[]} files @param {string} directory */
function writeGroups(files, directory) {
  return groupFiles(files).map(({ name, source }) => {
    const file = join(directory, name);
    writeFileSync(file, source);
    return file;
  });
}

/** @param {string} reason */
function refuse(reason) {
  console.error(`npm test fails: ${reason}`);
  return 1;
}
