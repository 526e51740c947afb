import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { implementActivities } from "tenuto/activity";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import type { ConcurrencyLane } from "tenuto/client";
import { createTestRig, type TestRig } from "tenuto/testing";
import { laneIdOf } from "../../src/sdk/core/lane.ts";
import { callsTo } from "../api/fixtures/http.ts";
import { tenuto } from "../cli/fixtures/tenuto-command.ts";
import { aKey } from "../encryption/fixtures/keys.ts";
import { type CheckedAnswers, checkedAnswers } from "../rig/checked-answers.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { jobsApp, journal } from "./fixtures/jobs.contract.ts";

describe("lanes, over REST and by the command, with encryption", { timeout: 300_000 }, () => {
  const app = jobsApp(`shown-${randomUUID()}`);
  let rig: TestRig, server: RunningApi, answers: CheckedAnswers;
  before(async () => {
    const workflows = new URL("./fixtures/jobs-workflows.ts", import.meta.url);
    const activities = [implementActivities(journal, { write: async () => null })];
    const place = { server: "real", address: testServer(), encryptionKeys: aKey("k1") } as const;
    rig = await createTestRig({ app, workflows, activities, ...place });
    server = await listenApi(createApi({ client: rig.client, app }), { host: "127.0.0.1", port: 0 });
    answers = await checkedAnswers(server.url);
  });
  after(async () => {
    await server.close();
    await rig.close();
    assert.deepEqual(answers.faults, []);
  });

  const start = (type: string, customer: string, id: string) =>
    callsTo(server.url, answers.fetch).post(`/v1/workflow-types/${type}/runs`, {
      input: { customer, id: `${customer}-${id}` },
    });
  const get = (path: string) => callsTo(server.url, answers.fetch).get(path);
  const end = (workflowId: string) => rig.client.signal(workflowId, "go", { on: "end" });
  const run = (...args: string[]) => tenuto(args, { env: { TENUTO_URL: server.url } });

  test("who is at work and who waits is listed and shown, by the page and by id", async () => {
    const of = randomUUID();
    const id = laneIdOf({ type: "job", key: of });
    const holders = async () =>
      ((await get(`/v1/lanes/${id}`)).body as unknown as Partial<ConcurrencyLane>).holders?.length;
    for (const each of ["a", "b"]) assert.equal((await start("job", of, each)).status, 202);
    await eventually("two are at work", async () => (await holders()) === 2);
    assert.equal((await start("job", of, "c")).status, 202);
    const lane = await eventually("one waits", async () => {
      const { status, body } = await get(`/v1/lanes/${id}`);
      const shown = body as unknown as ConcurrencyLane;
      return status === 200 && shown.waiting.runs === 1 && shown.holders.length === 2 && shown;
    });
    const { first } = lane.waiting;
    assert.deepEqual(
      [lane.type, lane.key, lane.limit, lane.onLimit, lane.counts.granted, first.map(({ workflowId }) => workflowId)],
      ["job", of, 2, "wait", 2, [`job-${of}-c`]],
    );

    const { body } = await get("/v1/lanes");
    const items = body["items"] as readonly ConcurrencyLane[];
    assert.deepEqual(
      items.filter((each) => each.id === id).map(({ holders }) => holders.length),
      [2],
    );
    const listed = await run("lanes", "list");
    assert.match(listed.stdout, new RegExp(`${id}\\s+job\\s+${of}\\s+2 of 2\\s+1\\s`));
    const shown = await run("lanes", "show", id);
    assert.match(shown.stdout, /Limit\s+2, then wait/);
    assert.match(
      shown.stdout,
      new RegExp(`At work \\(2\\)[^]*job-${of}-a, since[^]*Waiting \\(1\\)\\n  job-${of}-c, since`),
    );
    const asJson = await run("lanes", "show", id, "--json");
    assert.equal((JSON.parse(asJson.stdout) as ConcurrencyLane).waiting.runs, 1);

    for (const each of ["a", "b", "c"]) await end(`job-${of}-${each}`);
    await eventually("nobody is in it", async () => (await get(`/v1/lanes/${id}`)).body["code"] === "LANE_NOT_FOUND");
    const gone = await run("lanes", "show", id);
    assert.equal(gone.code, 3);
    assert.match(gone.stderr, /lane/);
  });

  test("a start that its lane refuses is 429, says which and how many, and starts nothing", async () => {
    const of = randomUUID();
    assert.equal((await start("picky", of, "a")).status, 202);
    const { status, body } = await start("picky", of, "b");
    assert.deepEqual([status, body["code"], body["limit"], body["holders"]], [429, "CONCURRENCY_LIMIT", 1, 1]);
    assert.equal((await get(`/v1/runs/picky-${of}-b`)).body["code"], "RUN_NOT_FOUND");
    await end(`picky-${of}-a`);
    await eventually("another one is taken", async () => (await start("picky", of, "c")).status === 202);
    await end(`picky-${of}-c`);
    await rig.client.result(`picky-${of}-c`, { waitMs: 20_000 });
  });

  test("a cursor that is none is refused, and a lane that is not there is 404", async () => {
    assert.equal((await get("/v1/lanes?cursor=x")).body["code"], "INVALID_CURSOR");
    assert.equal((await get("/v1/lanes?limit=0")).status, 400);
    assert.deepEqual([(await get("/v1/lanes/none")).status], [404]);
  });
});
