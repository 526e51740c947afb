// What becomes of runs when keys change, are missing, or are given to some processes only.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { defineApp, DecryptionFailed } from "tenuto";
import { createClient, createEncryption, type Encryption, setUpNamespace, type TenutoClient } from "tenuto/client";
import { checkHistories, historyFixture } from "tenuto/testing";
import { bundleWorkflows, createWorker, type WorkflowBundle } from "tenuto/worker";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import "../rig/worker-log.ts";
import { Canaries } from "./fixtures/canaries.ts";
import { aKey } from "./fixtures/keys.ts";
import { rounds, secrets, vault } from "./fixtures/secrets.contract.ts";
import { createVault } from "./fixtures/vault-world.ts";

const workflows = new URL("./fixtures/secrets-workflows.ts", import.meta.url);
const waitMs = 120_000;

describe("keys", { timeout: 400_000 }, () => {
  const namespace = `test-${randomUUID()}`;
  const app = defineApp({ name: `keys-${randomUUID()}`, workflows: [secrets, rounds], activities: [vault] });
  const world = createVault(new Canaries());
  const [oldKey, newKey] = [aKey("old"), aKey("new")];
  const encryptions = {
    old: createEncryption(oldKey),
    rotated: createEncryption(`${newKey},${oldKey}`),
    new: createEncryption(newKey),
    wrong: createEncryption(aKey("old")),
    none: undefined,
  };
  let connection: Connection, native: NativeConnection, bundle: WorkflowBundle;
  before(async () => {
    connection = await Connection.connect({ address: testServer() });
    native = await NativeConnection.connect({ address: testServer() });
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    // One bundle, with encryption and without.
    bundle = await bundleWorkflows(workflows);
  });
  after(async () => {
    await native.close();
    await connection.close();
  });

  const clientWith = (encryption: Encryption | undefined): Promise<TenutoClient> =>
    createClient(app, { connection, namespace, encryption });
  const withWorker = async <T>(encryption: Encryption | undefined, work: () => Promise<T>): Promise<T> => {
    const activities = [world.activities];
    const options = { app, workflows: bundle, activities, connection: native, namespace, maxCachedWorkflows: 0 };
    const worker = await createWorker({ ...options, encryption });
    const running = worker.run();
    try {
      return await work();
    } finally {
      worker.shutdown();
      await running;
    }
  };
  const begin = async (client: TenutoClient) => {
    const { workflowId } = await client.start(secrets, { texts: ["a text"] }, { workflowId: randomUUID() });
    return workflowId;
  };
  const heard = async (client: TenutoClient, workflowId: string) =>
    (await client.result(workflowId, { waitMs, workflow: secrets })).result?.heard;
  const keyIdsOf = async (workflowId: string) => {
    const { events } = await new Client({ connection, namespace }).workflow.getHandle(workflowId).fetchHistory();
    const ids = JSON.stringify(events).match(/"encryption-key-id":\{[^}]*\}|"encryption-key-id":"[^"]*"/g) ?? [];
    return new Set(ids).size;
  };

  test("a run goes on over a rotation, and its recorded history replays with both keys", async () => {
    const [before, now] = [await clientWith(encryptions.old), await clientWith(encryptions.rotated)];
    const workflowId = await withWorker(encryptions.old, async () => {
      const id = await begin(before);
      await eventually("its step is done", async () =>
        (await before.history(id)).some(({ eventType }) => eventType === "EVENT_TYPE_ACTIVITY_TASK_COMPLETED"),
      );
      return id;
    });
    await withWorker(encryptions.rotated, async () => {
      await now.signal(workflowId, "tell", { texts: ["told"] });
      assert.deepEqual(await heard(now, workflowId), ["told"]);
    });
    assert.equal(await keyIdsOf(workflowId), 2);
    const history = await new Client({ connection, namespace }).workflow.getHandle(workflowId).fetchHistory();
    const recorded = historyFixture({ namespace, workflowId, history });
    assert.equal(await checkHistories({ workflows: workflows, encryption: encryptions.rotated }, [recorded]), 1);
    await assert.rejects(checkHistories({ workflows: workflows, encryption: encryptions.new }, [recorded]), /old/);
  });

  for (const { what, encryption, says } of [
    { what: "another key", encryption: "new", says: /"old".*\(new\)/ },
    { what: "another key under the same id", encryption: "wrong", says: /"old".*not the one/ },
    { what: "no key", encryption: "none", says: /"old".*\(none\)/ },
  ] as const) {
    test(`a client with ${what} is told which key it lacks, and still lists runs`, async () => {
      const client = await clientWith(encryptions.old);
      const workflowId = await withWorker(encryptions.old, async () => {
        const id = await begin(client);
        await client.signal(id, "tell", { texts: ["told"] });
        await heard(client, id);
        return id;
      });
      const stranger = await clientWith(encryptions[encryption]);

      await assert.rejects(stranger.result(workflowId), (error: unknown) => {
        assert.ok(error instanceof DecryptionFailed);
        assert.equal(error.keyId, "old");
        return true;
      });
      assert.match((await firstOf(stranger, workflowId)) ?? "", says);
      const listed = async () =>
        (await stranger.list({ limit: 200 })).items.some((run) => run.workflowId === workflowId);
      assert.ok(await eventually("it is listed", listed));
      assert.match(JSON.stringify(await stranger.history(workflowId)), /"keyId":"old"/);
    });
  }

  test("a worker without the key fails the task, names the key, goes on, and the run ends well under the right one", async () => {
    const client = await clientWith(encryptions.old);
    const plain = await clientWith(encryptions.none);
    const workflowId = await begin(client);
    await client.signal(workflowId, "tell", { texts: ["told"] });
    await withWorker(encryptions.new, async () => {
      const readable = await clientWith(createEncryption(`${oldKey},${newKey}`));
      const failed = await eventually("the task has failed", async () =>
        (await readable.history(workflowId)).find(({ eventType }) => eventType === "EVENT_TYPE_WORKFLOW_TASK_FAILED"),
      );
      assert.match(JSON.stringify(failed), /\\"old\\".*TENUTO_ENCRYPTION_KEYS/);
      // The same worker takes what it can read; a sender without keys is one of these.
      const other = await begin(plain);
      await plain.signal(other, "tell", { texts: ["in clear"] });
      assert.deepEqual(await heard(readable, other), ["in clear"]);
    });
    await withWorker(encryptions.old, async () => {
      assert.deepEqual(await heard(client, workflowId), ["told"]);
    });
  });

  test("what was written in clear goes on when there are keys", async () => {
    const [plain, client] = [await clientWith(encryptions.none), await clientWith(encryptions.old)];
    const workflowId = await withWorker(encryptions.none, async () => {
      const id = await begin(plain);
      await eventually("its step is done", async () =>
        (await plain.history(id)).some(({ eventType }) => eventType === "EVENT_TYPE_ACTIVITY_TASK_COMPLETED"),
      );
      return id;
    });
    await withWorker(encryptions.old, async () => {
      await client.signal(workflowId, "tell", { texts: ["told"] });
      assert.deepEqual(await heard(client, workflowId), ["told"]);
    });
  });
});

/** What a client says that asks for the result. */
async function firstOf(client: TenutoClient, workflowId: string): Promise<string | undefined> {
  const error: unknown = await client.result(workflowId).catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : undefined;
}
