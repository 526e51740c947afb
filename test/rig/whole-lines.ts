/**
 * The lines of a file that another process appends to, by JSON. A line whose end is not there yet is on its way: a write over
 * the border of a page can be read by half.
 */
export function wholeLines(text: string): readonly unknown[] {
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
}
