import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { machineDiagram } from "tenuto";
import { sagaDiagram } from "tenuto/client";
import { app } from "../../src/app.ts";
import { recordedHistories } from "../rig/recorded-histories.ts";

const docs = new URL("../../docs/", import.meta.url);
const marked = /<!-- (diagram|machine): (\S+) -->\n[^]*?<!-- \/\1 -->/g;
const update = "UPDATE_DOCS=1 npm test -- test/docs/diagrams.test.ts";
const histories = await recordedHistories();
const machines = new Map(app.workflows.flatMap(({ machine }) => (machine ? [[machine.name, machine] as const] : [])));
const shown = new Set<string>();
const files = (await readdir(docs)).filter((name) => name.endsWith(".md"));

const drawings = {
  /** Of a recorded history in `test`. */
  diagram: (name: string) => {
    const recorded = histories.get(name);
    return recorded && sagaDiagram(recorded.history.events);
  },
  /** Of a state machine of the shop. */
  machine: (name: string) => {
    const machine = machines.get(name);
    shown.add(name);
    return machine && machineDiagram(machine);
  },
};

type Kind = keyof typeof drawings;

for (const file of files) {
  const text = await readFile(new URL(file, docs), "utf8");
  if (text.match(marked) === null) continue;
  const drawn = text.replace(marked, (_, kind: Kind, name: string) => block(kind, name, file));
  if (process.env["UPDATE_DOCS"] === "1") await writeFile(new URL(file, docs), drawn);

  test(`docs/${file}: its diagrams are those of the recorded histories, and of the machines`, async () => {
    assert.equal(await readFile(new URL(file, docs), "utf8"), drawn, `Run: ${update}`);
  });
}

test("docs/sagas.md has diagrams", async () => {
  const text = await readFile(new URL("sagas.md", docs), "utf8");
  assert.ok((text.match(marked) ?? []).length >= 10, "a marker is broken");
});

test("each state machine of the shop documents itself: its diagram is in the docs", () => {
  assert.ok(machines.size > 0);
  assert.deepEqual(
    [...machines.keys()].filter((name) => !shown.has(name)),
    [],
  );
});

function block(kind: Kind, name: string, file: string): string {
  const diagram = drawings[kind](name) ?? assert.fail(`docs/${file}: there is no ${kind} ${name}`);
  return `<!-- ${kind}: ${name} -->\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n<!-- /${kind} -->`;
}
