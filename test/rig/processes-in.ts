import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The ids of the processes that work in a folder, or were given it in their environment. Linux only. */
export function processesIn(folder: string): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!pid) return [];
    const told = [() => readlinkSync(`/proc/${pid}/cwd`), () => readFileSync(`/proc/${pid}/environ`, "utf8")];
    return told.some((read) => readIfThere(read).includes(folder)) ? [pid] : [];
  });
}

/** What has ended meanwhile, and what waits to be buried, tells nothing. */
function readIfThere(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
