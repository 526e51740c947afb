// The second try of test processes that failed among others: docs/decisions/2026-11-27-failed-tests-run-again.md says why.
import { basename, join } from "node:path";

/** When more processes than these have failed, it is no accident of a busy machine. */
const atMost = 3;

/**
 * Where a test process says that all its tests passed.
 *
 * @param {string} directory of this run of `npm test`
 * @param {string} file what the process runs
 */
export function passedMark(directory, file) {
  return join(directory, `${basename(file)}.passed`);
}

/**
 * Runs a few files that failed once more, one after another, with nothing else beside them; what failed first stays in the
 * output, and is named again before the second try.
 *
 * @param {number} code of the first run
 * @param {{
 *   failed: readonly string[],
 *   run: (files: readonly string[]) => Promise<number>,
 *   log: (line: string) => void,
 * }} options
 * @returns {Promise<number>} the exit code: that of the second run, if there was one
 */
export async function runAgainAlone(code, { failed, run, log }) {
  // After a signal, or when the runner itself failed, there is nothing to find out.
  if (code !== 1 || failed.length === 0) return code;
  const names = failed.map((file) => basename(file)).join(", ");
  if (failed.length > atMost) {
    log(`npm test: ${failed.length} processes failed, too many for a second try: ${names}`);
    return code;
  }
  log(`npm test: UNSTABLE, failed above and run again alone, for the second and last time: ${names}`);
  return run(failed);
}
