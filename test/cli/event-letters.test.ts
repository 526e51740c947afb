import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import type { DeadLetterDetails, DeadLetterPage } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { parcelRig } from "./fixtures/parcel-rig.ts";
import { posts } from "./fixtures/parcels.contract.ts";

describe("tenuto dead-letters, of events", () => {
  const rig = parcelRig();
  const letters = (...args: readonly string[]) => rig.tenuto(["dead-letters", ...args]);
  const error = { type: "InvalidInput", message: 'The event of source "posts" can\'t be used' };
  const eventId = `msg-${randomUUID()}`;
  let id: string;
  let unread: string;
  before(async () => {
    const event = { id: eventId, type: "parcel.new", data: { text: 7, by: "send" } };
    id = await rig.client.keepEvent(posts, { event, error });
    unread = await rig.client.keepEvent(posts, { content: Buffer.from("{\u001b[2J"), error });
    await eventually("both are listed", async () => (await rig.client.deadLetters()).items.length === 2);
  });

  test("list says source, type and id of each event, and finds by them", async () => {
    const { stdout } = await letters("list", "--kind", "poison", "--type", "posts", "--step", "parcel.new");
    const [head = "", line = "", ...more] = stdout.trimEnd().split("\n");
    assert.match(head, /^ID +AGE +KIND +WORKFLOW OR EVENT +TYPE OR SOURCE +STEP OR EVENT +ERROR$/);
    const [first, , ...others] = line.split(/ {2,}/);
    assert.deepEqual([first, ...others.slice(0, 4)], [id, "poison", eventId, "posts", "parcel.new"]);
    assert.deepEqual(more, []);
    assert.equal((JSON.parse((await letters("list", "--json")).stdout) as DeadLetterPage).items.length, 2);
  });

  test("show lays out which event it is, what came, and what can be done", async () => {
    const { stdout, code } = await letters("show", id);
    assert.equal(code, 0);
    const known = [
      "Kind         poison: an event that could not be taken\n",
      `Source       posts of ${rig.client.links.namespace}\n`,
      "Event        parcel.new\n",
      `Event id     ${eventId}\n`,
      '\nData\n  {\n    "text": 7,\n    "by": "send"\n  }\n',
      `tenuto dead-letters redrive ${id} --reason "…"`,
    ];
    for (const text of known) assert.ok(stdout.includes(text), `${text}\n${stdout}`);
    assert.doesNotMatch(stdout, /^(Workflow|Run|Undone) /m);
  });

  test("show of what can't be read asks for the event, and lets no control character out", async () => {
    const { stdout } = await letters("show", unread);
    assert.match(stdout, /^Content +it can't be read; what came is below$/m);
    assert.match(stdout, /^ +tenuto dead-letters redrive \w+ --input '\{"id": "…"/m);
    assert.doesNotMatch(stdout, /(?!\n)\p{Cc}/u);
    const { code, stderr } = await letters("redrive", unread, "--reason", "again");
    assert.equal(code, 4);
    assert.match(stderr, /can't be read/);
  });

  test("redrive delivers it again, with other data, and show says which run has it", async () => {
    const planned = await letters("redrive", id, "--dry-run", "--reason", "mended");
    assert.match(planned.stdout, /with mode restart: the event is delivered again, as its source says by now\./);
    const input = JSON.stringify({ text: "fine", by: "send" });
    rig.heal("fine");
    const { code, stderr } = await letters("redrive", id, "--input", input, "--reason", "mended");
    assert.equal(code, 0, stderr);
    await rig.letter(id, ({ status }) => status === "resolved", "resolved");
    const { redrives } = JSON.parse((await letters("show", id, "--json")).stdout) as DeadLetterDetails;
    const workflowId = redrives[0]?.newWorkflowId ?? "";
    assert.equal((await rig.client.result(workflowId, { waitMs: 20_000 })).status, "completed");
    const { stdout } = await letters("show", id);
    assert.match(stdout, new RegExp(`accepted.*${workflowId}`));
  });

  test("discard closes one, by its kind and source", async () => {
    const { code, stderr } = await letters(
      "discard",
      "--kind",
      "poison",
      "--type",
      "posts",
      "--yes",
      "--reason",
      "no use",
    );
    assert.equal(code, 0, stderr);
    await rig.letter(unread, ({ status }) => status === "discarded", "discarded");
  });
});
