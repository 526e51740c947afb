import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { WorkflowFailedError } from "@temporalio/client";
import { testFlags } from "../../scripts/source-flags.mjs";
import { endAlert } from "../../src/sdk/client/raise-alert.ts";
import { alertDeliveryWorkflow, alertWorkflow, isAboutAlerts } from "../../src/sdk/core/alert.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { alertRig } from "./fixtures/alert-rig.ts";
import { type Endpoint, startEndpoint } from "./fixtures/endpoint.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const slow = { timeout: 300_000 };

describe("a message of an alert", () => {
  let endpoint: Endpoint;
  const ends: (() => Promise<void>)[] = [];
  const suite = { after: (end: () => Promise<void>) => void ends.push(end) } as Parameters<typeof startEndpoint>[0];
  before(async () => {
    endpoint = await startEndpoint(suite);
  });
  const rig = alertRig(() => [
    { kind: "webhook", name: "hook", url: endpoint.url, secret, allowPrivate: true },
    { kind: "slack", name: "inside", url: "http://169.254.169.254/latest/secret-token" },
  ]);
  after(() => Promise.all(ends.map((end) => end())));

  const now = () => new Date().toISOString();
  /** The webhook-ids that came for an alert, in order. */
  const idsOf = (id: string) =>
    endpoint.received.map(({ headers }) => String(headers["webhook-id"])).filter((each) => each.startsWith(id));
  const kindsOf = (id: string) => idsOf(id).map((each) => each.split("-").at(-1));
  const deliveriesOf = async (id: string) => {
    const found = [];
    const query = `WorkflowType = '${alertDeliveryWorkflow}' AND WorkflowId STARTS_WITH 'tenuto-alert-${id}-'`;
    for await (const run of rig.raw.workflow.list({ query })) found.push(run);
    return found;
  };
  /** How often its first delivery was tried, and failed. */
  const attemptsOf = async (id: string) => {
    const [delivery] = await deliveriesOf(id);
    if (!delivery) return 0;
    const { raw } = await rig.raw.workflow.getHandle(delivery.workflowId).describe();
    return (raw.pendingActivities?.[0]?.attempt ?? 1) - 1;
  };

  test("to an endpoint that is down comes once when it is back, and the next one after it", slow, async (t) => {
    const { port, url } = endpoint;
    await endpoint.close();
    const { id, raised } = await rig.raise({ channels: ["hook"] });
    await eventually("it was tried", async () => (await attemptsOf(id)) >= 2);
    await endAlert(rig.temporal, raised, { reason: "it is mended", at: now() });
    await eventually("the second waits for the first", async () => {
      const delivery = (await deliveriesOf(id)).find(({ workflowId }) => workflowId.includes("-resolved-"));
      if (!delivery) return false;
      const { raw } = await rig.raw.workflow.getHandle(delivery.workflowId).describe();
      return raw.pendingActivities?.some(({ activityType }) => activityType?.name === "tenuto.awaitAlertDelivery");
    });

    endpoint = await startEndpoint(suite, { port });
    t.diagnostic(`${url} is back`);

    await eventually("both are through", async () =>
      (await deliveriesOf(id)).every(({ status }) => status.name === "COMPLETED"),
    );
    assert.deepEqual(kindsOf(id), ["raised", "resolved"]);
  });

  test("that is never taken is a dead letter, raises no alert, and comes by a redrive", slow, async () => {
    endpoint.answer = (response) => response.writeHead(500).end("out of order");
    const patience = { attempts: 2, firstWaitMs: 10 };
    const { id } = await rig.raise({ channels: ["hook"], patience });
    const letter = await eventually("it is a dead letter", async () => {
      const { items } = await rig.client.deadLetters({ type: alertDeliveryWorkflow });
      return items.find(({ workflowId }) => workflowId.startsWith(`tenuto-alert-${id}-`));
    });

    assert.equal(letter.kind, "failed");
    assert.equal(letter.modes[0], "continue");
    assert.equal(letter.step, "tenuto.sendAlert");
    assert.match(letter.error.message, /did not get to channel "hook": It answered 500: out of order/);
    assert.equal(letter.error.type, "AlertUndelivered");
    assert.equal(isAboutAlerts(letter.type), true);
    assert.equal(idsOf(id).length, 2);
    const dryRun = await rig.client.redrive(letter.id, { reason: "it is mended", dryRun: true });
    assert.deepEqual([dryRun.mode, dryRun.action], ["continue", "reset"]);

    endpoint.answer = (response) => response.end("ok");
    await rig.client.redrive(letter.id, { reason: "it is mended" });

    const over = await eventually("the letter is resolved", async () => {
      const { items } = await rig.client.deadLetters({ type: alertDeliveryWorkflow, status: "resolved" });
      return items.find((each) => each.id === letter.id);
    });
    assert.equal(over.closed?.by, "ada");
    assert.deepEqual(new Set(idsOf(id)).size, 1);
    assert.equal(idsOf(id).length, 3);
    const alerts = await rig.client.alerts();
    assert.deepEqual(
      alerts.items.filter(({ subject, text }) => `${subject} ${text}`.includes(letter.workflowId)),
      [],
    );
  });

  test("that its channel refuses for good is tried once", slow, async () => {
    endpoint.answer = (response) => response.writeHead(410).end();
    const { id } = await rig.raise({ channels: ["hook"] });
    const [delivery] = await eventually("it is under way", async () => {
      const found = await deliveriesOf(id);
      return found.length > 0 && found;
    });
    await assert.rejects(rig.raw.workflow.getHandle(delivery?.workflowId ?? "").result(), WorkflowFailedError);
    assert.equal(idsOf(id).length, 1);
    endpoint.answer = (response) => response.end("ok");
  });

  test("to a channel that no worker has, or that leads to a private address, says so", slow, async () => {
    const { id } = await rig.raise({ channels: ["nobody", "inside"], patience: { attempts: 1 } });
    const letters = await eventually("they are dead letters", async () => {
      const { items } = await rig.client.deadLetters({ type: alertDeliveryWorkflow });
      const own = items.filter(({ workflowId }) => workflowId.startsWith(`tenuto-alert-${id}-`));
      return own.length === 2 && own.map(({ error }) => error.message).toSorted();
    });
    assert.match(letters[0] ?? "", /channel "inside": Alerts are not sent to "169\.254\.169\.254"/);
    assert.match(letters[1] ?? "", /This worker has no channel "nobody"; it has log, hook, inside\./);
    assert.doesNotMatch(JSON.stringify(letters), /secret-token/);
  });

  test("that a killed worker was sending is sent by another one, under the same webhook-id", slow, async () => {
    await rig.stopWorker();
    const effects = new Set<string>();
    let isHeld = true;
    endpoint.answer = (response, { headers }) => {
      // As receivers do: once an id.
      effects.add(String(headers["webhook-id"]));
      if (!isHeld) response.end("ok");
    };
    const { id } = await rig.raise({ channels: ["hook"] });
    const file = fileURLToPath(new URL("./fixtures/run-system-worker.ts", import.meta.url));
    const args = [...testFlags, file];
    const child = spawn(process.execPath, [...args, testServer(), rig.namespace, endpoint.url, secret], {
      stdio: "ignore",
    });
    try {
      await eventually("it is being sent", () => idsOf(id).length > 0, { withinMs: 120_000 });
    } finally {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    }
    isHeld = false;
    await rig.startWorker();
    await eventually("it is through", async () => (await deliveriesOf(id))[0]?.status.name === "COMPLETED", {
      withinMs: 120_000,
    });
    assert.ok(idsOf(id).length >= 2);
    assert.equal(new Set(idsOf(id)).size, 1);
    assert.equal([...effects].filter((each) => each.startsWith(id)).length, 1);
  });

  test("is of a workflow that nothing else of Tenuto's own is taken for", slow, async () => {
    const { id } = await rig.raise();
    await rig.raw.workflow.getHandle(`tenuto-alert-${id}`).terminate("by hand");
    const later = await rig.raise({ channels: ["nobody"], patience: { attempts: 1 } });
    await eventually("a later failure is found", async () => {
      const { items } = await rig.client.deadLetters();
      return items.some(({ workflowId }) => workflowId.startsWith(`tenuto-alert-${later.id}-`));
    });
    const { items } = await rig.client.deadLetters({ type: alertWorkflow });
    assert.deepEqual(items, []);
  });
});
