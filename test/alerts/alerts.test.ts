import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { AlertNotFound, AlertNotOpen, InvalidInput } from "tenuto";
import { endAlert, raiseAlert } from "../../src/sdk/client/raise-alert.ts";
import { alertDeliveryWorkflow, alertWorkflow } from "../../src/sdk/core/alert.ts";
import { eventually } from "../rig/eventually.ts";
import { alertRig } from "./fixtures/alert-rig.ts";
import { type Endpoint, startEndpoint } from "./fixtures/endpoint.ts";
import { replayAlerts } from "./fixtures/replay-alerts.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** The body of a webhook. */
interface Told {
  readonly type: string;
  readonly data: { readonly id: string; readonly count: number; readonly title: string };
}

describe("an alert", () => {
  let ops: Endpoint;
  let boss: Endpoint;
  const ending: (() => Promise<void>)[] = [];
  const suite = { after: (end: () => Promise<void>) => void ending.push(end) } as Parameters<typeof startEndpoint>[0];
  before(async () => {
    ops = await startEndpoint(suite);
    boss = await startEndpoint(suite);
  });
  const hook = (name: string, { url }: Endpoint) =>
    ({ kind: "webhook", name, url, secret, allowPrivate: true }) as const;
  const rig = alertRig(() => [hook("ops", ops), hook("boss", boss)]);
  after(() => Promise.all(ending.map((end) => end())));

  const told = ({ received }: Endpoint, id: string) =>
    received.map(({ body }) => JSON.parse(body) as Told).filter(({ data }) => data.id === id);
  const typesOf = (endpoint: Endpoint, id: string) => told(endpoint, id).map(({ type }) => type);
  const eventuallyTold = (endpoint: Endpoint, id: string, ...types: readonly string[]) =>
    eventually(`${id} is told: ${types.join(", ")}`, () => types.every((type) => typesOf(endpoint, id).includes(type)));
  const alertOf = async (id: string) => {
    const { items } = await rig.client.alerts({ limit: 200 });
    return items.find((alert) => alert.id === id);
  };

  test("is told once, however often an occurrence is raised, also after it is over", async () => {
    const { id, raised } = await rig.raise({ channels: ["ops", "log"] });
    await Promise.all([1, 2, 3].map(() => raiseAlert(rig.temporal, raised)));
    await eventuallyTold(ops, id, "alert.raised");
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await eventuallyTold(ops, id, "alert.resolved");
    const run = rig.raw.workflow.getHandle(`tenuto-alert-${id}`);
    await run.result();

    await raiseAlert(rig.temporal, raised);

    assert.equal((await run.describe()).status.name, "COMPLETED");
    assert.deepEqual(typesOf(ops, id), ["alert.raised", "alert.resolved"]);
    assert.equal((await alertOf(id))?.count, 1);
  });

  test("that has forgotten what it told tells it no second time", async () => {
    const { id, raised } = await rig.raise({ channels: ["ops"] });
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await eventuallyTold(ops, id, "alert.raised", "alert.resolved");
    const workflowId = `tenuto-alert-${id}`;
    await rig.raw.workflow.getHandle(workflowId).result();

    const options = { workflowId, taskQueue: "tenuto-system", signal: "raise", signalArgs: [raised] };
    const again = await rig.raw.workflow.signalWithStart(alertWorkflow, options);

    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await again.result();
    assert.deepEqual(typesOf(ops, id), ["alert.raised", "alert.resolved"]);
  });

  test("counts what else occurs while it is open, and tells nobody again", async () => {
    const { id, raised } = await rig.raise({ channels: ["ops"] });
    await eventuallyTold(ops, id, "alert.raised");
    for (const occurrence of ["second", "third"])
      await raiseAlert(rig.temporal, { ...raised, occurrence, title: `The ${occurrence}` });
    await eventually("it counts 3", async () => (await alertOf(id))?.count === 3);
    assert.equal((await alertOf(id))?.title, "The third");
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await eventuallyTold(ops, id, "alert.resolved");
    assert.deepEqual(typesOf(ops, id), ["alert.raised", "alert.resolved"]);
  });

  test("that comes back within its cool-down is counted and not told; one that comes back later is", async () => {
    const coolDownMs = 600_000;
    const { id, raised } = await rig.raise({ channels: ["ops"], coolDownMs });
    const other = await rig.raise({ channels: ["ops"], coolDownMs: 0 });
    const end = { reason: "it is mended", at: new Date().toISOString() };
    for (const each of [raised, other.raised]) await endAlert(rig.temporal, each, end);
    await eventuallyTold(ops, id, "alert.raised", "alert.resolved");
    await eventuallyTold(ops, other.id, "alert.raised", "alert.resolved");

    for (const each of [raised, other.raised]) await raiseAlert(rig.temporal, { ...each, occurrence: "again" });

    await eventually("the other is told again", () => typesOf(ops, other.id).length === 3);
    await eventually("it is open again", async () => (await alertOf(id))?.status === "open");
    assert.equal((await alertOf(id))?.count, 2);
    await endAlert(rig.temporal, raised, end);
    await eventually("it is over again", async () => (await alertOf(id))?.status === "resolved");
    const { events } = await rig.raw.workflow.getHandle(`tenuto-alert-${id}`).fetchHistory();
    const begun = events?.filter((event) => event.startChildWorkflowExecutionInitiatedEventAttributes);
    assert.equal(begun?.length, 2, "No third message was begun");
  });

  test("that is there still when its cool-down is over is told then", async () => {
    const { id, raised } = await rig.raise({ channels: ["ops"], coolDownMs: 3_000 });
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await raiseAlert(rig.temporal, { ...raised, occurrence: "again" });
    await eventually("it is told again", () => typesOf(ops, id).length === 3);
    assert.deepEqual(typesOf(ops, id), ["alert.raised", "alert.resolved", "alert.raised"]);
  });

  test("that nobody takes on is escalated once; the resolved message goes to all who were told", async () => {
    const escalation = { afterMs: 500, channels: ["boss"] };
    const { id, raised } = await rig.raise({ channels: ["ops"], escalation });
    await eventuallyTold(boss, id, "alert.escalated");
    await raiseAlert(rig.temporal, { ...raised, occurrence: "second" });
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await eventuallyTold(boss, id, "alert.resolved");
    await eventuallyTold(ops, id, "alert.resolved");
    assert.deepEqual(typesOf(ops, id), ["alert.raised", "alert.resolved"]);
    assert.deepEqual(typesOf(boss, id), ["alert.escalated", "alert.resolved"]);
  });

  test("that somebody takes on escalates no further, and can't be taken on twice", async () => {
    const afterMs = 600_000;
    const { id, raised } = await rig.raise({ channels: ["ops"], escalation: { afterMs, channels: ["boss"] } });
    const note = { by: "grace", reason: "on it" };
    await assert.rejects(rig.client.acknowledgeAlert(id, { ...note, reason: " " }), InvalidInput);
    const alert = await rig.client.acknowledgeAlert(id, note);
    assert.deepEqual(
      [alert.status, alert.acknowledged?.by, alert.acknowledged?.reason],
      ["acknowledged", "grace", "on it"],
    );
    await assert.rejects(rig.client.acknowledgeAlert(id, note), (error) => {
      assert.ok(error instanceof AlertNotOpen);
      assert.match(error.message, /it is acknowledged by "grace" since .* \(on it\)/);
      return true;
    });
    await eventuallyTold(ops, id, "alert.raised", "alert.acknowledged");
    const handle = rig.raw.workflow.getHandle(`tenuto-alert-${id}`);
    const { events = [] } = await handle.fetchHistory();
    const canceled = events?.some(({ timerCanceledEventAttributes: attributes }) => attributes);
    assert.equal(canceled, true, "Its escalation is not waited for any more");
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await handle.result();
    await assert.rejects(rig.client.acknowledgeAlert(id, note), /it is resolved/);
    assert.deepEqual(typesOf(boss, id), []);
  });

  test("is found by its status and by its rule", async () => {
    const rule = `rule-${rig.namespace}`;
    const open = await rig.raise({ rule });
    const over = await rig.raise({ rule });
    await endAlert(rig.temporal, over.raised, { reason: "it is mended", at: new Date().toISOString() });
    const ids = async (filter: Parameters<typeof rig.client.alerts>[0]) =>
      (await rig.client.alerts({ rule, ...filter })).items.map(({ id }) => id);
    await eventually("one is over", async () => (await ids({ status: "resolved" })).includes(over.id));
    assert.deepEqual(await ids({ status: "open" }), [open.id]);
    assert.deepEqual(new Set(await ids({})), new Set([open.id, over.id]));
    assert.deepEqual((await rig.client.alerts({ rule: "another" })).items, []);
    assert.deepEqual((await rig.client.alerts({ rule: 'what"?' })).items, []);
    const first = await rig.client.alerts({ rule, limit: 1 });
    assert.deepEqual((await ids({ limit: 1, cursor: first.nextCursor })).length, 1);
  });

  test("that nobody knows is not found", async () => {
    for (const id of ["nonsense", "what?", "", "0".repeat(32)])
      await assert.rejects(rig.client.acknowledgeAlert(id, { reason: "on it" }), AlertNotFound);
  });

  test("of a tenant is the tenant's, and is found by who sees all", async () => {
    const { id } = await rig.raise({ tenant: "acme", channels: ["ops"] });
    await eventuallyTold(ops, id, "alert.raised");
    const idsOf = async (tenant: string) => (await rig.client.forTenant(tenant).alerts()).items.map((each) => each.id);
    assert.deepEqual(await idsOf("acme"), [id]);
    assert.deepEqual(await idsOf("zeta"), []);
    const note = { reason: "on it" };
    await assert.rejects(rig.client.forTenant("zeta").acknowledgeAlert(id, note), AlertNotFound);
    assert.equal((await rig.client.acknowledgeAlert(id, note)).status, "acknowledged");
    await assert.rejects(rig.client.forTenant("acme").acknowledgeAlert(id, note), AlertNotOpen);
  });

  test("goes on as new before its history is long, and forgets nothing", async () => {
    const { id, raised } = await rig.raise({ channels: ["ops"], coolDownMs: 1 });
    await eventuallyTold(ops, id, "alert.raised");
    const workflowId = `tenuto-alert-${id}`;
    const occurrences = Array.from({ length: 1_200 }, (_, index) => `occurrence-${index}`);
    for (let from = 0; from < occurrences.length; from += 50)
      await Promise.all(
        occurrences
          .slice(from, from + 50)
          .map((occurrence) => rig.raw.workflow.getHandle(workflowId).signal("raise", { ...raised, occurrence })),
      );
    await eventually("all are counted", async () => (await alertOf(id))?.count === 1_201, { withinMs: 120_000 });
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: new Date().toISOString() });
    await eventuallyTold(ops, id, "alert.resolved");
    assert.deepEqual(typesOf(ops, id), ["alert.raised", "alert.resolved"]);
    const lengths = [];
    for await (const run of rig.raw.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
      lengths.push((await rig.raw.workflow.getHandle(workflowId, run.runId).describe()).historyLength);
    assert.ok(lengths.length > 1, "It has never continued as new");
    assert.ok(Math.max(...lengths) < 2_000, `Histories have ${lengths.join(", ")} events`);
  });

  test("replays as it was", async () => {
    const replayed = await replayAlerts(rig.raw);
    assert.ok((replayed.get(alertWorkflow) ?? 0) > 5);
    assert.ok((replayed.get(alertDeliveryWorkflow) ?? 0) > 10);
  });
});
