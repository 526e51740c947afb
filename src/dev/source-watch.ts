// One watch per folder. Node's recursive watch loses files that an editor replaces by a rename (Linux, Node 20).
import { readdirSync, watch, type FSWatcher } from "node:fs";
import { join, relative, sep } from "node:path";

/** Which changes are told, and how long the quiet must last before they are. */
export interface SourceWatchOptions {
  readonly directory: string;
  /** @default 150 */
  readonly quietMs?: number;
  /** Takes the changed files, relative to `directory`, with `/` between folders. */
  readonly onChange: (files: ReadonlySet<string>) => void;
}

/** Watches the TypeScript, JavaScript and JSON files of a folder and its subfolders until it is closed. */
export function watchSources({ directory, quietMs = 150, onChange }: SourceWatchOptions): { close(): void } {
  const watchers = new Map<string, FSWatcher>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const tell = () => {
    const files = changed;
    changed = new Set();
    onChange(files);
  };
  const note = (path: string) => {
    changed.add(relative(directory, path).replaceAll(sep, "/"));
    clearTimeout(timer);
    timer = setTimeout(tell, quietMs);
  };
  const forget = (folder: string) => {
    for (const [watched, watcher] of watchers) {
      if (watched !== folder && !watched.startsWith(folder + sep)) continue;
      watcher.close();
      watchers.delete(watched);
    }
  };
  /** Files of a folder that appeared later count as changed: they were written before the watch began. */
  const add = (folder: string, isLate: boolean) => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (event, name) => {
        if (!name) return;
        if (isSource(name)) return note(join(folder, name));
        if (event !== "rename" || name.includes(".")) return;
        // A folder that came, went, or was replaced, so that its watch looks at one that is gone.
        forget(join(folder, name));
        add(join(folder, name), true);
      });
      watcher.on("error", () => forget(folder));
      watchers.set(folder, watcher);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) add(join(folder, entry.name), isLate);
        else if (isLate && isSource(entry.name)) note(join(folder, entry.name));
      }
    } catch {
      forget(folder); // Removed meanwhile, or not a folder.
    }
  };

  add(directory, false);
  return {
    close() {
      clearTimeout(timer);
      forget(directory);
    },
  };
}

function isSource(name: string): boolean {
  return /^[^.].*\.(ts|mts|js|mjs|json)$/.test(name);
}
