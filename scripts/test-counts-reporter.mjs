// A second reporter beside spec: writes the runner's closing counts as one line of JSON.
import { isAbsolute } from "node:path";

/**
 * @typedef {{ nesting: number, name?: string, message?: string, skip?: string | boolean }} EventData
 * @param {AsyncIterable<{ type: string, data: EventData }>} events
 */
export default async function* countsReporter(events) {
  // The runner counts as a test what a name pattern left out (as skipped) and a file without any test (as passed).
  const counts = { tests: 0, skipped: 0, todo: 0, leftOut: 0, empty: 0 };
  for await (const { type, data } of events) {
    const [, name, value] = /^(tests|skipped|todo) (\d+)$/.exec(data?.message ?? "") ?? [];
    if (type === "test:diagnostic" && data.nesting === 0 && name) {
      counts[/** @type {"tests" | "skipped" | "todo"} */ (name)] = Number(value);
    }
    if (type !== "test:pass") continue;
    if (/does not match pattern/.test(String(data.skip))) counts.leftOut++;
    if (data.nesting === 0 && isAbsolute(data.name ?? "")) counts.empty++;
  }
  yield `${JSON.stringify(counts)}\n`;
}
