import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { sagaDiagram } from "tenuto/client";
import { recordedHistories } from "../rig/recorded-histories.ts";

const docs = new URL("../../docs/", import.meta.url);
const marked = /<!-- diagram: (\S+) -->\n[^]*?<!-- \/diagram -->/g;
const update = "UPDATE_DOCS=1 npm test -- test/docs/diagrams.test.ts";
const histories = await recordedHistories();
const files = (await readdir(docs)).filter((name) => name.endsWith(".md"));

for (const file of files) {
  const text = await readFile(new URL(file, docs), "utf8");
  if (text.match(marked) === null) continue;
  const drawn = text.replace(marked, (_, name: string) => block(file, name));
  if (process.env["UPDATE_DOCS"] === "1") await writeFile(new URL(file, docs), drawn);

  test(`docs/${file}: its diagrams are those of the recorded histories`, async () => {
    assert.equal(await readFile(new URL(file, docs), "utf8"), drawn, `Run: ${update}`);
  });
}

test("docs/sagas.md has diagrams", async () => {
  const text = await readFile(new URL("sagas.md", docs), "utf8");
  assert.ok((text.match(marked) ?? []).length >= 10, "a marker is broken");
});

function block(file: string, name: string): string {
  const { history } = histories.get(name) ?? assert.fail(`docs/${file}: there is no history test/${name}.json`);
  const diagram = sagaDiagram(history.events);
  return `<!-- diagram: ${name} -->\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n<!-- /diagram -->`;
}
