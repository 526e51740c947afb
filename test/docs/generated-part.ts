import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

/**
 * Compares the part of a page between `<!-- generated: NAME -->` and `<!-- end -->` with what it must be, laid out as
 * `npm run format` lays it out. With UPDATE_SNAPSHOTS=1 the page is rewritten instead.
 */
export async function assertGenerated(page: URL, { name, content }: { name: string; content: string }): Promise<void> {
  const begin = `<!-- generated: ${name} -->\n`;
  const text = readFileSync(page, "utf8");
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf("<!-- end -->", from);
  assert.ok(from >= begin.length && to > from, `${page.pathname} has no part "${begin.trim()}" … "<!-- end -->"`);
  const wanted = `\n${await laidOut(content, page)}\n`;
  if (process.env["UPDATE_SNAPSHOTS"] === "1") writeFileSync(page, text.slice(0, from) + wanted + text.slice(to));
  else assert.equal(text.slice(from, to), wanted, "Write it anew with UPDATE_SNAPSHOTS=1, and look at what changed.");
}

async function laidOut(markdown: string, page: URL): Promise<string> {
  return format(markdown, { ...(await resolveConfig(fileURLToPath(page))), parser: "markdown" });
}
