// The adapter of docs/event-adapters.md does what those of Tenuto do.
import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { describeEventConsumer } from "../contracts/event-consumer.ts";
import type { FolderTransport } from "./adapters/folder.ts";

const countIn = async (path: string) => {
  const names = await readdir(path).catch(() => []);
  return names.filter((name) => name.endsWith(".json")).length;
};

describeEventConsumer("a folder", {
  skip: false,
  prefetch: 5,
  isShared: false,
  adapter: new URL("adapters/folder.ts", import.meta.url),
  async open(t) {
    const path = await mkdtemp(join(tmpdir(), "tenuto-folder-"));
    t.after(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
    const drop = async (text: string) => {
      const name = randomUUID();
      await writeFile(join(path, name), text);
      await rename(join(path, name), join(path, `${name}.json`));
    };
    const transport: FolderTransport = { kind: "folder", path: "FOLDER" };
    return {
      transport,
      variables: { FOLDER: path },
      send: (event) => drop(JSON.stringify(event)),
      unreadable: [
        { why: /is not JSON/, send: (mark) => drop(`{${mark}`) },
        { why: /type" is missing/, send: (id) => drop(JSON.stringify({ id, data: {} })) },
      ],
      left: () => countIn(path),
      dead: () => countIn(join(path, "dead")),
    };
  },
});
