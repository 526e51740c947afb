import type { Readable } from "node:stream";

/** Calls `onLine` with each line of a stream of text, the last one also when nothing ends it. */
export function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream?.on("end", () => rest && onLine(rest));
}
