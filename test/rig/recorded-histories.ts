import { readdir, readFile } from "node:fs/promises";
import type { HistoryFixture } from "tenuto/testing";

const folders = ["histories", "workflow/histories/before-incidents", "workflow/histories/incidents"];

/** Every history that the tests have recorded, by its path below `test`, without the ending. */
export async function recordedHistories(): Promise<ReadonlyMap<string, HistoryFixture>> {
  const root = new URL("../", import.meta.url);
  const found = new Map<string, HistoryFixture>();
  for (const folder of folders) {
    for (const file of (await readdir(new URL(folder, root))).filter((name) => name.endsWith(".json"))) {
      const path = `${folder}/${file}`;
      found.set(
        path.slice(0, -".json".length),
        JSON.parse(await readFile(new URL(path, root), "utf8")) as HistoryFixture,
      );
    }
  }
  return found;
}
