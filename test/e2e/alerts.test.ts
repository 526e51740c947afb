import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { parseAlertChannels } from "../../src/bin/alert-channels.ts";
import { InvalidEnvironment } from "../../src/bin/environment.ts";
import { raiseAlert } from "../../src/sdk/client/raise-alert.ts";
import { Temporal } from "../../src/sdk/client/temporal.ts";
import { alertDeliveryWorkflow } from "../../src/sdk/core/alert.ts";
import { type Endpoint, startEndpoint } from "../alerts/fixtures/endpoint.ts";
import { replayAlerts } from "../alerts/fixtures/replay-alerts.ts";
import { eventually } from "../rig/eventually.ts";
import { type Stack, startStack } from "../rig/stack.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

describe("the shop's processes bring alerts to the channels of their environment", () => {
  let stack: Stack;
  let endpoint: Endpoint;
  const ends: (() => Promise<void>)[] = [];
  const suite = { after: (end: () => Promise<void>) => void ends.push(end) } as Parameters<typeof startEndpoint>[0];
  before(async () => {
    endpoint = await startEndpoint(suite);
    stack = await startStack(undefined, replayAlerts);
  });
  after(async () => {
    await stack.close();
    await Promise.all(ends.map((end) => end()));
  });

  for (const name of ["worker", "api"] as const)
    test(`the ${name}`, async () => {
      const channels = [{ kind: "webhook", name: "hook", url: endpoint.url, secret, allowPrivate: true }];
      const env = { TENUTO_ALERT_CHANNELS: JSON.stringify(channels) };
      const started = await (name === "worker" ? stack.startWorker(env) : stack.startApi(env));
      const { connection, namespace } = stack;
      const id = await raiseAlert(new Temporal({ connection, namespace, identity: "rules" }), {
        ...{ rule: "new-group", subject: name, occurrence: "first", severity: "info", title: `Of the ${name}` },
        ...{ text: "", links: {}, channels: ["hook", "log"], coolDownMs: 0, at: new Date().toISOString() },
      });
      const query = `WorkflowType = '${alertDeliveryWorkflow}' AND ExecutionStatus = 'Completed' AND WorkflowId STARTS_WITH 'tenuto-alert-${id}'`;
      await eventually(
        "both deliveries are through",
        async () => (await stack.client.workflow.count(query)).count === 2,
      );
      assert.equal(endpoint.received.filter(({ headers }) => String(headers["webhook-id"]).startsWith(id)).length, 1);
      await eventually("its log has it", () => started.output().includes(`"msg":"Alert: Of the ${name}"`));
      assert.ok(!started.output().includes(secret));
      await started.stop();
    });
});

test("channels that can't be end the process with a word about it, and no secret", () => {
  for (const text of [
    "whsec_secret",
    '{"kind":"log","name":"x"}',
    '[{"kind":"pager","name":"x","url":"whsec_secret"}]',
    '[{"kind":"slack","name":"x","url":"whsec_secret","chanel":"ops"}]',
    '[{"kind":"log","name":"x"},{"kind":"slack","name":"x","url":"whsec_secret"}]',
    '[{"kind":"slack","name":"log","url":"whsec_secret"}]',
  ])
    assert.throws(
      () => parseAlertChannels(text),
      (error) => {
        assert.ok(error instanceof InvalidEnvironment);
        assert.match(error.message, /TENUTO_ALERT_CHANNELS/);
        assert.doesNotMatch(error.message, /whsec_secret/);
        return true;
      },
    );
});
