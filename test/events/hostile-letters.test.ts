import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before as beforeAll, describe, test } from "node:test";
import { Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { createClient, createEncryption, setUpNamespace, type TenutoClient } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { textsIn } from "../dead-letters/fixtures/recorded-texts.ts";
import { aKey } from "../encryption/fixtures/keys.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { after, appWith, before, come, event, letterOf } from "./fixtures/letters.ts";

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("dead letters of events that somebody has made up", { timeout: 120_000 }, () => {
  const rig = workerRig(new URL("./fixtures/letters-workflows.ts", import.meta.url));
  const app = appWith(`hostile-${randomUUID()}`, before);
  let client: TenutoClient;
  beforeAll(async () => {
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
    await rig.startWorker({ app: appWith(app.name, after), activities: [], reconcileEvery: "never" });
  });

  const shown = async (given: Parameters<typeof letterOf>[0]) => {
    const id = await letterOf(given, { client });
    await eventually("its workflow has it", async () => {
      const { items } = await client.deadLetters({ limit: 200 });
      return items.some((each) => each.id === id);
    });
    return client.deadLetter(id);
  };

  const names = {
    "1,900 characters": "x".repeat(1_900),
    markup: "<script>alert(1)</script>",
    "a lone surrogate": "a\ud800b",
    "control characters": "a\0b\n\r\t\u001b[31m",
    "what queries quote": `it's "a" \\ b?`,
    "a name of every object": "__proto__",
  };
  for (const [what, text] of Object.entries(names)) {
    test(`an event whose type, id and data are ${what} is kept as it is, and can be redriven`, async () => {
      const given = event(text, { id: text, deep: JSON.parse(nested(60)) as unknown }, `${text}-${randomUUID()}`);
      const { id, event: kept, input, step = "" } = await shown(given);
      assert.deepEqual([kept?.type, kept?.id, input], [given.type, given.id, given.data]);
      assert.ok(step.length <= 200 && !/\p{C}/u.test(step));
      const { items } = await client.deadLetters({ type: "tickets", step });
      assert.ok(items.some((each) => each.id === id));
      await client.redrive(id, { reason: "again" });
      await eventually("it is refused again", async () => (await client.deadLetter(id)).count === 2);
    });
  }

  const contents = [
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x00]), "base64"],
    ["64 KB of JSON that is no event", Buffer.from(JSON.stringify({ text: "y".repeat(64 * 1024) })), "json"],
    ["JSON that is nested 10,000 deep", Buffer.from(nested(10_000)), "text"],
    ["300 KB that are no JSON", Buffer.from("{".repeat(300 * 1024)), "text"],
    ["nothing", Buffer.alloc(0), "text"],
    ["a byte order mark", Buffer.from("\ufeff{}"), "text"],
  ] as const;
  for (const [what, bytes, content] of contents) {
    test(`${what} is kept as it came`, async () => {
      const { event: kept, input } = await shown(bytes);
      assert.equal(kept?.content, content);
      const back = content === "json" ? JSON.stringify(input) : String(input);
      assert.deepEqual(Buffer.from(back, content === "base64" ? "base64" : "utf8"), bytes);
    });
  }

  test("a large event goes again as it came", async () => {
    const ticket = randomUUID();
    const id = await letterOf(event("closed", { id: ticket, more: "z".repeat(400 * 1024) }), { client });
    await client.redrive(id, { reason: "again" });
    await eventually("it is resolved", async () => (await client.deadLetter(id)).status === "resolved");
    assert.equal((await client.result(`ticket-${ticket}`, { waitMs: 20_000 })).status, "completed");
  });

  test("what is larger than 512 KB, or has names that are too long, is poison for its broker, and opens nothing", async () => {
    const tooLarge = [
      event("closed", "x".repeat(600 * 1024)),
      event("closed", {}, "i".repeat(10_000)),
      Buffer.alloc(600 * 1024),
    ];
    for (const given of tooLarge) {
      const settled = await come(given, { client });
      assert.equal(settled?.status, "poison");
      assert.match(settled.why, /can't be sent/);
    }
  });

  test("what contracts redact is shown nowhere, whatever it is in", async () => {
    const card = "4242-4242-4242";
    const given = [
      event("closed", { id: "a", pay: [{ card }] }),
      event("broken", { id: "b", card }),
      Buffer.from(JSON.stringify({ data: { card, more: "x".repeat(3_000) } })),
      Buffer.from(`{"id": "c", "card": "${card}"`),
      Buffer.from(`{"id": "c", "\\u0063ard": "${card}"`),
      Buffer.concat([Buffer.from([0xff]), Buffer.from(`{"card": "${card}"`)]),
    ];
    for (const each of given) {
      const letter = await shown(each);
      const { items } = await client.deadLetters({ limit: 200 });
      const history = await client.history(letter.workflowId);
      const base64 = Buffer.concat([Buffer.from([0xff]), Buffer.from(`{"card": "${card}"`)]).toString("base64");
      for (const text of [card, base64])
        assert.ok(!JSON.stringify([letter, items, history]).includes(text), JSON.stringify(letter.event));
      assert.ok(JSON.stringify(letter.input).includes("[redacted]"));
    }
  });
});

test("with encryption the payload is in clear nowhere, also while it goes again", { timeout: 120_000 }, async (t) => {
  const namespace = `sealed-${randomUUID()}`;
  const address = testServer();
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const encryption = createEncryption(aKey("k1"));
  const worker = await createWorker({
    ...{ app: appWith(namespace, after), activities: [], connection: native, namespace, encryption },
    workflows: new URL("./fixtures/letters-workflows.ts", import.meta.url),
  });
  const running = worker.run();
  t.after(async () => {
    worker.shutdown();
    await running;
    await Promise.all([connection.close(), native.close()]);
  });
  const client = await createClient(appWith(namespace, before), { connection, namespace, encryption });
  const secret = "9f-secret-word";
  const data = { id: randomUUID(), note: secret, more: secret.repeat(300) };
  const id = await letterOf(event("closed", data), { client });
  const broken = await letterOf(event("broken", { id: "x", card: secret }), { client });
  await letterOf(Buffer.from(`{"note": "${secret}"`), { client });
  assert.deepEqual((await client.deadLetter(id)).input, data);
  await client.redrive(broken, { reason: secret, input: { id: 7, note: secret } });
  await eventually("it is refused again", async () => (await client.deadLetter(broken)).count === 2);
  await client.redrive(id, { reason: secret });
  await eventually("it is resolved", async () => (await client.deadLetter(id)).status === "resolved");

  const { workflowService: service } = connection;
  const { executions } = await service.listWorkflowExecutions({ namespace, pageSize: 200 });
  assert.ok(executions.length >= 6);
  for (const { execution = null, type } of executions) {
    const described = await service.describeWorkflowExecution({ namespace, execution });
    const { history } = await service.getWorkflowExecutionHistory({ namespace, execution });
    const told = [...textsIn(described), ...textsIn(history)].join("\n");
    assert.ok(!told.includes(secret), `${type?.name} ${execution?.workflowId}`);
  }
});
