import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { type App, defineApp, MissingMachineVersion } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createClient, type TenutoClient } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { signup as v1 } from "./fixtures/signup-v1.contract.ts";
import { names, signup as v2, signupAlone } from "./fixtures/signup-v2.contract.ts";

describe("a deploy that changes a state machine", { timeout: 300_000 }, () => {
  const newest = new URL("./fixtures/signup-v2-workflows.ts", import.meta.url);
  const rig = workerRig(newest);
  const checked: string[] = [];
  const check = implementActivities(names, {
    check: async ({ name }) => {
      checked.push(name);
      return {};
    },
  });
  const appOf = (name: string, workflow: App["workflows"][number], activities: App["activities"] = []) =>
    defineApp({ name, workflows: [workflow], activities });
  const serve = async (app: App, options: Partial<Parameters<typeof rig.startWorker>[0]> = {}) => {
    const stop = await rig.startWorker({ app, activities: [], maxCachedWorkflows: 0, ...options });
    return { stop, client: await createClient(app, { connection: rig.connection, namespace: rig.namespace }) };
  };
  const send = async (client: TenutoClient, id: string, event: string, data: object = {}) => {
    const { result, status, error } = await client.update(id, event, data, { waitMs: 30_000 });
    assert.equal(status, "completed", error?.message);
    return result as { readonly state: readonly string[] };
  };
  const olds = new URL("./fixtures/signup-v1-workflows.ts", import.meta.url);

  test("runs of before stay in their version, and migrate when they continue as new; those of after begin in the new one", async () => {
    const name = `signup-${randomUUID()}`;
    const before = await serve(appOf(name, v1), { workflows: olds });
    const id = `signup-${randomUUID()}`;
    await before.client.start("signup", {}, { workflowId: id });
    await send(before.client, id, "add", { name: "Ada" });
    const [deadline] = (await before.client.machineState(id)).deadlines;
    await before.stop();

    const { client, stop } = await serve(appOf(name, v2, [names]), { activities: [check] });
    await assert.rejects(send(client, id, "add", { first: "Bo" }), { name: "InvalidInput" });
    assert.deepEqual((await send(client, id, "add", { name: "Bo" })).state, ["draft"]);
    await send(client, id, "add", { name: "Cy" });
    assert.equal((await client.machineState(id)).version, 1);
    assert.match(await client.machineDiagram(id), /draft/);
    assert.deepEqual((await send(client, id, "add", { name: "Di" })).state, ["draft"]);
    await eventually("the run has migrated", async () => (await client.machineState(id)).version === 2);
    const migrated = await client.machineState(id);
    assert.deepEqual(
      [migrated.state, migrated.allowed, migrated.transitions.at(-1)?.cause],
      [["editing"], ["add", "send"], { kind: "migration", fromVersion: 1 }],
    );
    assert.deepEqual([deadline?.after, migrated.deadlines.map(({ after }) => after)], ["30d", ["10d"]]);
    assert.deepEqual(checked, []);
    assert.deepEqual((await send(client, id, "add", { first: "Ed" })).state, ["editing"]);
    assert.deepEqual(checked, ["Ed"]);
    await send(client, id, "send");
    assert.equal((await client.result(id, { waitMs: 20_000 })).result, "Ada+Bo+Cy+Di+Ed");

    const later = `signup-${randomUUID()}`;
    await client.start("signup", {}, { workflowId: later });
    assert.deepEqual((await send(client, later, "send")).state, ["sent"]);
    assert.equal((await client.machineState(later)).version, 2);
    await stop();
  });

  test("a worker without the version of an open run does not start, and names the run", async () => {
    const name = `signup-${randomUUID()}`;
    const before = await serve(appOf(name, v1), { workflows: olds });
    const id = `signup-${randomUUID()}`;
    await before.client.start("signup", {}, { workflowId: id });
    await eventually("lists know its version", async () => {
      const { items } = await before.client.list({ state: "draft" });
      return items.some(({ workflowId }) => workflowId === id);
    });
    await before.stop();
    const error = await serve(appOf(name, signupAlone)).then(
      () => assert.fail("It started"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof MissingMachineVersion);
    assert.deepEqual(
      error.runs.map(({ workflowId, version }) => [workflowId, version]),
      [[id, "signup:1"]],
    );
    await before.client.terminate(id, { reason: "done" });
    await eventually("it is open no more", async () => {
      const { items } = await before.client.list({ state: "draft", status: "running" });
      return items.length === 0;
    });
    const { stop } = await serve(appOf(name, signupAlone));
    await stop();
  });
});
