import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, describe, test } from "node:test";
import { createEncryption } from "tenuto/client";
import { alertDeliveryWorkflow } from "../../src/sdk/core/alert.ts";
import { eventually } from "../rig/eventually.ts";
import { alertRig } from "./fixtures/alert-rig.ts";
import { type Endpoint, startEndpoint } from "./fixtures/endpoint.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

describe("alerts of a namespace whose payloads are encrypted", () => {
  const encryption = createEncryption(`k1:${randomBytes(32).toString("base64")}`);
  const ends: (() => Promise<void>)[] = [];
  const suite = { after: (end: () => Promise<void>) => void ends.push(end) } as Parameters<typeof startEndpoint>[0];
  let endpoint: Endpoint | undefined;
  const rig = alertRig(
    () => [{ kind: "webhook", name: "hook", url: () => endpoint?.url ?? "", secret, allowPrivate: true }],
    { encryption },
  );
  after(() => Promise.all(ends.map((end) => end())));

  test("are told and acknowledged, and what they say is in no history in clear, also when it can't be sent", async () => {
    endpoint = await startEndpoint(suite);
    const title = `canary-${randomBytes(8).toString("hex")}`;
    const { id } = await rig.raise({ channels: ["hook", "nobody"], title, patience: { attempts: 1 } });
    const { received } = endpoint;
    await eventually("it is told", () => received.some(({ body }) => body.includes(title)));
    assert.equal((await rig.client.acknowledgeAlert(id, { reason: `${title} is mine` })).title, title);
    const letter = await eventually("what is not told is a dead letter", async () => {
      const { items } = await rig.client.deadLetters({ type: alertDeliveryWorkflow });
      return items.find(({ workflowId }) => workflowId.startsWith(`tenuto-alert-${id}-`));
    });
    assert.match(letter.error.message, /This worker has no channel "nobody"/);
    const histories = [];
    for await (const run of rig.raw.workflow.list()) {
      const { events } = await rig.raw.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      histories.push(JSON.stringify(events).replaceAll(/"data":"([^"]*)"/g, (_, data: string) => textOf(data)));
    }
    assert.ok(histories.length >= 4, String(histories.length));
    assert.ok(!histories.some((history) => history.includes(title)));
  });
});

/** What the bytes of a payload say, that nothing hides in base64. */
function textOf(base64: string): string {
  return Buffer.from(base64, "base64").toString();
}
