import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.mjs";
import { SetupError } from "./setup-error.mjs";

/** What only `npm test -- --postgres` runs, besides the tests that ask visibility: it needs PostgreSQL. */
const postgresFolder = join(root, "test", "postgres");

/**
 * The tests that ask visibility (lists, counts, filters), or that the databases told apart otherwise. They pass on SQLite
 * and on PostgreSQL; a new one is added here.
 */
const visibilityTests = [
  "test/alerts/alerts.test.ts",
  "test/alerts/rules-api.test.ts",
  "test/alerts/rules-numbers.test.ts",
  "test/alerts/rules-watch.test.ts",
  "test/api/operations.test.ts",
  "test/api/runs.test.ts",
  "test/api/tenants.test.ts",
  "test/client/list.test.ts",
  "test/client/run.test.ts",
  "test/client/visibility.test.ts",
  "test/dead-letters/batch.test.ts",
  "test/dead-letters/finding.test.ts",
  "test/dead-letters/record.test.ts",
  "test/dead-letters/tenants.test.ts",
  "test/deploy/set-up-namespace.test.ts",
  "test/e2e/incidents.test.ts",
  "test/events/dead-letters.test.ts",
  "test/events/hostile-letters.test.ts",
  "test/events/windows.test.ts",
  "test/lanes/lanes.test.ts",
  "test/machines/running.test.ts",
  "test/machines/versions.test.ts",
  "test/metrics/rollups.test.ts",
  "test/metrics/stream.test.ts",
  "test/metrics/summary.test.ts",
  "test/schedules/running.test.ts",
  "test/tasks/inbox.test.ts",
];

/**
 * Splits the arguments of `npm test` into flags for Node's runner and test files; a folder stands for the tests in it, and
 * no file at all for every test. With `--postgres` the tests run on PostgreSQL, and no file stands for those that differ
 * there.
 *
 * @param {readonly string[]} given
 * @returns {{ onPostgres: boolean, flags: string[], files: string[], isWhole: boolean }}
 */
export function selectTests(given) {
  const onPostgres = given.includes("--postgres");
  const args = given.filter((arg) => arg !== "--postgres");
  /** @type {string[]} */
  const flags = [];
  /** @type {string[]} */
  const files = [];
  args.forEach((arg, index) => {
    const path = join(root, relative(root, arg));
    if (arg.startsWith("-")) flags.push(arg);
    else if (existsSync(path)) files.push(...(statSync(path).isDirectory() ? testsIn(path) : [path]));
    else if (/^-[^=]+$/.test(args[index - 1] ?? "")) flags.push(arg);
    else
      throw new SetupError(
        `There is no test file ${JSON.stringify(arg)}. Give a path from ${root}, or none for all tests.`,
      );
  });
  const all = () =>
    onPostgres
      ? [...visibilityTests.map((file) => join(root, file)), ...testsIn(postgresFolder)]
      : testsIn(join(root, "test"));
  const isWhole = files.length === 0;
  return { onPostgres, flags, files: (isWhole ? all() : files).map((file) => relative(root, file)), isWhole };
}

/** Loading what they share, and warming it up, takes longer than most files do by themselves. */
const filesOfProcess = 4;
/** What a process has once only: Temporal's runtime with its log, and the hooks of all its tests. */
const alone = /Runtime\.install|watchWorkerLog|^(before|after)(Each)?\(/m;
const workerLog = join("test", "rig", "worker-log.ts");
/** Their tests wait for long, each file in a process of its own; they begin early, among others that do not. */
const slowFolders = ["test/chaos", "test/brokers", "test/dashboard"];

/**
 * Puts files of one folder together that one process may run, one after another, and the slow ones first.
 *
 * @param {readonly string[]} files
 * @returns {readonly { name: string, source: string }[]} modules that import the files of a process
 */
export function groupFiles(files) {
  /** @type {{ folder: string, files: string[] }[]} */
  const groups = [];
  for (const file of files) {
    const folder = dirname(file);
    const isAlone = slowFolders.includes(folder) || alone.test(readFileSync(join(root, file), "utf8"));
    const open = groups.find((group) => group.folder === folder && group.files.length < filesOfProcess);
    if (isAlone) groups.push({ folder: `${folder}/alone`, files: [file] });
    else if (open) open.files.push(file);
    else groups.push({ folder, files: [file] });
  }
  return slowAmongOthers(groups).map(({ folder, files: own }, index) => ({
    name: `${String(index).padStart(3, "0")}-${folder.replaceAll("/", "-")}.test.mjs`,
    // The log that several share is there before one of them begins the runtime.
    source: [...(own.length > 1 ? [workerLog] : []), ...own]
      .map((file) => `await import(${JSON.stringify(pathToFileURL(join(root, file)).href)});\n`)
      .join(""),
  }));
}

/** @param {string} directory @returns {string[]} */
function testsIn(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return path === postgresFolder ? [] : testsIn(path);
      return entry.name.endsWith(".test.ts") ? [path] : [];
    });
}

/** @param {readonly { folder: string, files: string[] }[]} groups */
function slowAmongOthers(groups) {
  const isSlow = (/** @type {{ folder: string }} */ { folder }) => slowFolders.some((slow) => folder.startsWith(slow));
  const slow = groups.filter(isSlow);
  return groups
    .filter((group) => !isSlow(group))
    .flatMap((other) => [...slow.splice(0, 1), other])
    .concat(slow);
}
