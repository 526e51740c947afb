import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createApi, createAuthentication, listenApi, parseApiKeys, type RunningApi } from "tenuto/api";
import { spawnTenuto } from "../cli/fixtures/tenuto-command.ts";
import { eventually } from "../rig/eventually.ts";
import { job } from "./fixtures/lanes.contract.ts";
import { lanesRig } from "./fixtures/lanes-rig.ts";

describe("rates", { timeout: 300_000 }, () => {
  const rig = lanesRig();
  const keys = "root:admin:key-of-root,oz:operator:key-of-oz,eve:viewer:key-of-eve,al:admin@acme:key-of-al";
  let server: RunningApi | undefined;
  before(async () => {
    const { app, client } = await rig.open("shop");
    const authentication = createAuthentication({ apiKeys: parseApiKeys(keys) });
    server = await listenApi(createApi({ client, app, authentication }), { host: "127.0.0.1", port: 0 });
  });
  after(() => server?.close());
  const ask = async (key: string, method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer key-of-${key}`, "content-type": "application/json" };
    const response = await fetch(`${server?.url}${path}`, { method, headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const begunOf = (prefix: string) => rig.ledger.filter(({ id }) => id.startsWith(prefix));

  test("5 steps a second of each key: over 10 s after the first 5, within 10 %; the queue's own holds for eager steps, within 10 s", async () => {
    const { app, client } = await rig.open("paced");
    const stop = await rig.startWorker(app);
    const reason = "the provider's limit";
    await client.setQueueRate("paced", { perKeyPerSecond: 5, reason });
    await client.start(job, { id: "per-key", steps: 70 }, { lane: { fairnessKey: "k" } });
    await eventually("the first 5", () => begunOf("per-key").length >= 5);
    const since = begunOf("per-key")[4]?.at ?? 0;
    await sleep(since + 10_000 - Date.now());
    const inTenSeconds = begunOf("per-key").filter(({ at }) => at > since && at <= since + 10_000).length;
    assert.ok(inTenSeconds >= 45 && inTenSeconds <= 55, `${inTenSeconds} in 10 s`);

    await client.setQueueRate("paced", { perKeyPerSecond: null, reason });
    await eventually("all have begun", () => begunOf("per-key").length === 70);
    const set = await client.setQueueRate("paced", { perSecond: 2, reason });
    const setAt = Date.now();
    for (let place = 0; Date.now() < setAt + 10_000; place++) {
      await client.start(job, { id: `eager-${place}`, steps: 1 });
      await sleep(100);
    }
    // Of the last three seconds of ten: 6, and a second's worth that had been saved up.
    const late = begunOf("eager-").filter(({ at }) => at > setAt + 7_000 && at <= setAt + 10_000).length;
    const started = begunOf("eager-").length;
    await client.setQueueRate("paced", { perSecond: null, reason });
    await stop();

    assert.ok(late >= 1 && late <= 9, `${late} in 3 s`);
    assert.ok(started > 0);
    assert.deepEqual([set.perSecond, set.perKeyPerSecond, set.changed?.reason], [2, null, reason]);
  });

  test("over REST, it is set by operators, says what is in force, and is in the audit with its reason", async () => {
    const path = "/v1/task-queues/shop/rate";
    const reason = `calm ${randomUUID()}`;

    const set = await ask("oz", "PUT", path, { perSecond: 7.5, perKeyPerSecond: 2, reason });
    const kept = await ask("oz", "PUT", path, { perSecond: null, reason });

    assert.equal(set.status, 200, JSON.stringify(set.body));
    assert.deepEqual([set.body["perSecond"], set.body["perKeyPerSecond"]], [7.5, 2]);
    assert.equal((set.body["changed"] as Record<string, unknown>)["by"], "oz");
    assert.deepEqual([kept.body["perSecond"], kept.body["perKeyPerSecond"]], [null, 2]);
    for (const [who, where, body, code] of [
      ["eve", path, { perSecond: 1, reason }, "FORBIDDEN"],
      ["al", path, { perSecond: 1, reason }, "FORBIDDEN"],
      ["oz", path, { perSecond: -1, reason }, "INVALID_BODY"],
      ["oz", path, { perSecond: 1 }, "INVALID_BODY"],
      ["oz", path, { perSecond: 1, perMinute: 1, reason }, "INVALID_BODY"],
      ["oz", path, { reason }, "INVALID_INPUT"],
      ["oz", "/v1/task-queues/tenuto-system/rate", { perSecond: 1, reason }, "UNKNOWN_QUEUE"],
    ] as const) {
      const { body: problem } = await ask(who, "PUT", where, body);
      assert.equal(problem["code"], code, JSON.stringify([who, where, body]));
    }
    const entries = await eventually("the audit has it", async () => {
      const response = await fetch(`${server?.url}/v1/audit?actor=oz`, {
        headers: { authorization: "Bearer key-of-root" },
      });
      const { items } = (await response.json()) as { readonly items: readonly Record<string, unknown>[] };
      return items.some((each) => each["reason"] === reason && each["outcome"] === "done") && items;
    });
    const entry = entries.find((each) => each["reason"] === reason && each["outcome"] === "done");
    assert.deepEqual([entry?.["action"], entry?.["target"]], ["setQueueRate", { name: "shop" }]);
  });

  test("a start over REST takes a lane, which its run tells; what is none is refused with where", async () => {
    const runs = "/v1/workflow-types/job/runs";
    const lane = { priority: 2, fairnessKey: "c-1", fairnessWeight: 0.5 };

    const started = await ask("oz", "POST", runs, { input: { id: "x" }, lane });
    const described = await fetch(`${server?.url}/v1/runs/${String(started.body["workflowId"])}`, {
      headers: { authorization: "Bearer key-of-oz" },
    });
    const type = await fetch(`${server?.url}/v1/workflow-types/laned`, {
      headers: { authorization: "Bearer key-of-oz" },
    });

    assert.deepEqual(((await described.json()) as Record<string, unknown>)["lane"], lane);
    const ofType = { priority: 4, fairnessWeight: 2.5, isKeyOfInput: true };
    assert.deepEqual(((await type.json()) as Record<string, unknown>)["lane"], ofType);
    for (const [bad, pointer] of [
      [{ priority: 6 }, "/lane/priority"],
      [{ priority: "1" }, "/lane/priority"],
      [{ fairnessWeight: 1_001 }, "/lane/fairnessWeight"],
      [{ fairnessKey: "é".repeat(33) }, "/lane/fairnessKey"],
      [{ urgency: 1 }, "/lane/urgency"],
    ] as const) {
      const { status, body } = await ask("oz", "POST", runs, { input: { id: "x" }, lane: bad });
      const [error] = body["errors"] as readonly { readonly pointer: string }[];
      assert.deepEqual([status, error?.pointer], [422, pointer], JSON.stringify(body));
    }
  });

  test("tenuto queues rate sets it", async () => {
    const env = { TENUTO_URL: server?.url ?? "", TENUTO_API_KEY: "key-of-oz" };
    const tenuto = (args: readonly string[]) => spawnTenuto(["queues", "rate", "shop", ...args], { env }).ended;

    const set = await tenuto(["--per-second", "50", "--per-key", "none", "--reason", "a test"]);
    const nothing = await tenuto(["--reason", "a test"]);

    assert.equal(
      set.stdout,
      "shop: 50 steps a second in all, any number of steps for each fairness key.\n",
      set.stderr,
    );
    assert.equal(nothing.code, 2);
  });
});
