import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { root } from "../structure/entry-points.ts";
import { pages } from "./code-blocks.ts";

for (const page of [...pages(), "ARCHITECTURE.md", "CONTRIBUTING.md"]) {
  test(`${page}: its links lead somewhere`, () => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
    assert.deepEqual(
      links.filter((link) => !leadsSomewhere(link, page)),
      [],
    );
  });
}

test("docs/README.md lists every guide", () => {
  const index = textOf("docs/README.md");
  const guides = pages().filter((page) => page.startsWith("docs/") && page !== "docs/README.md");
  assert.deepEqual(
    guides.filter((guide) => !index.includes(`](${guide.slice("docs/".length)})`)),
    [],
  );
});

function leadsSomewhere(link: string, page: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  return existsSync(root + target) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function textOf(page: string): string {
  return readFileSync(root + page, "utf8");
}
