import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { machineDiagram, machineOutline } from "tenuto";
import type { MachineState, RunSummary } from "tenuto/client";
import { claimCalls, wait } from "./fixtures/claim-calls.ts";
import { claimRig } from "./fixtures/claim-rig.ts";
import { claim } from "./fixtures/claims.contract.ts";
import { problemOf } from "./fixtures/http.ts";
import { until } from "./fixtures/temporal.ts";

const is = (path: string) => (state: MachineState) => state.state[0] === path && !state.moving;

describe("state machines over REST", { timeout: 300_000 }, () => {
  const claims = claimRig();
  const { olga, vera, send, state, rewind, paying } = claimCalls(claims);

  test("an event is sent as an update, and answered with what the machine is in then", async () => {
    const workflowId = await claims.file();
    const reply = await send(workflowId, "review");
    const { result, status, update } = reply.body;
    assert.deepEqual(
      [reply.status, status, update, result],
      [200, "completed", "review", { state: ["inReview"], status: "active", transition: 2 }],
    );
    const { deadlines, transitions, ...now } = await state(workflowId);
    const [first, second] = transitions as MachineState["transitions"];
    assert.deepEqual(now, {
      ...{ workflowId, runId: now["runId"], runStatus: "running", machine: "claim", version: 1, status: "active" },
      ...{ state: ["inReview"], allowed: ["pay"], rewindable: ["filed"] },
      context: { claimId: workflowId, cents: 0, iban: "[redacted]" },
    });
    assert.deepEqual(deadlines, []);
    assert.deepEqual([first?.cause, first?.state], [{ kind: "start" }, ["filed"]]);
    assert.deepEqual([second?.cause, second?.state], [{ kind: "event", event: "review", by: "olga" }, ["inReview"]]);
    const { body: run } = await vera().get(`/v1/runs/${workflowId}`);
    assert.deepEqual((run["machine"] as MachineState).state, ["inReview"]);
  });

  test("a deadline is told as a time", async () => {
    const workflowId = await claims.file();
    const [deadline, ...others] = (await state(workflowId))["deadlines"] as MachineState["deadlines"];
    assert.deepEqual([deadline?.state, deadline?.after, others], ["filed", "30d", []]);
    const days = (Date.parse(deadline?.at ?? "") - Date.now()) / 86_400_000;
    assert.ok(days > 29 && days < 31, `in ${days} days`);
  });

  test("an event comes once by its key, whatever became of the machine since", async () => {
    const workflowId = await claims.file();
    const once = { ...wait, "idempotency-key": "review-1" };
    const first = await send(workflowId, "review", {}, once);
    const key = { ...wait, "idempotency-key": "pay-1" };
    await send(workflowId, "pay", { cents: 1 }, key);
    const again = await send(workflowId, "review", {}, once);
    assert.deepEqual([again.status, again.body["result"]], [200, first.body["result"]]);
    const other = await send(workflowId, "pay", { cents: 2 }, key);
    assert.deepEqual(problemOf(other), { status: 422, code: "IDEMPOTENCY_KEY_REUSED", isProblem: true });
    assert.equal(((await state(workflowId))["transitions"] as readonly unknown[]).length, 3);
  });

  test("a step that fails for good is in the answer of its event", async () => {
    const workflowId = await claims.file();
    const letGo = await paying(workflowId);
    letGo("AccountClosed");
    await claims.state(workflowId, is("inReview"), "in review again");
    const { result } = (await send(workflowId, "pay", { cents: 2 })).body;
    assert.deepEqual(result, {
      ...{ state: ["inReview"], status: "active", transition: 4 },
      failed: { step: "transfer", type: "AccountClosed" },
    });
  });

  test("an operator brings it back to where it was, with who and why; elsewhere is refused", async () => {
    const workflowId = await claims.file();
    await send(workflowId, "review");
    const elsewhere = await rewind(workflowId, "paid");
    assert.deepEqual(problemOf(elsewhere), { status: 409, code: "REWIND_NOT_ALLOWED", isProblem: true });
    assert.deepEqual(elsewhere.body["allowed"], ["filed"]);
    const back = await rewind(workflowId, "filed");
    assert.deepEqual(
      [back.status, back.body],
      [202, { workflowId, accepted: true, state: ["filed"], status: "active", transition: 3 }],
    );
    const { transitions } = (await state(workflowId)) as unknown as MachineState;
    assert.deepEqual(transitions.at(-1)?.cause, {
      ...{ kind: "rewind", to: "filed", by: "olga", reason: "the papers were wrong" },
    });
    const body = { to: "filed", reason: "no" };
    assert.equal((await vera().post(`/v1/runs/${workflowId}/rewind`, body)).status, 403);
    assert.equal((await olga().post(`/v1/runs/${workflowId}/rewind`, { to: "filed" })).status, 422);
  });

  test("a rewind whose steps take long is answered with what moves, and goes on", async () => {
    const workflowId = await claims.file();
    await send(workflowId, "review");
    await send(workflowId, "pay", { cents: 5 });
    await rewind(workflowId, "filed");
    const letGo = claims.holdTransfer(workflowId);
    const reply = await rewind(workflowId, "paid");
    const { state: was, moving } = reply.body as unknown as MachineState;
    assert.deepEqual([reply.status, was, moving?.steps, moving?.cause.kind], [202, ["filed"], ["transfer"], "rewind"]);
    letGo();
    await claims.state(workflowId, is("paid"), "paid");
  });

  test("the diagram is the machine's, with the active state marked; a run's steps are drawn on demand", async () => {
    const workflowId = await claims.file();
    await send(workflowId, "review");
    const path = `/v1/runs/${workflowId}/diagram`;
    const { body } = await vera().get(path);
    assert.deepEqual([body["kind"], body["workflowId"]], ["machine", workflowId]);
    const mermaid = String(body["mermaid"]);
    assert.equal(mermaid, await claims.client.machineDiagram(workflowId));
    assert.match(mermaid, /^stateDiagram-v2\n/);
    assert.match(mermaid, /class s2 active$/);
    assert.deepEqual((await vera().get(`${path}?kind=machine`)).body, body);
    const saga = (await vera().get(`${path}?kind=saga`)).body;
    assert.equal(saga["kind"], "saga");
    assert.match(String(saga["mermaid"]), /^sequenceDiagram\n/);
    assert.equal((await vera().get(`${path}?kind=class`)).status, 400);
  });

  test("a run without a state machine has none to tell of, to draw or to rewind", async () => {
    const workflowId = randomUUID();
    await claims.client.start("awaitNote", {}, { workflowId });
    const run = `/v1/runs/${workflowId}`;
    const none = { status: 404, code: "NO_STATE_MACHINE", isProblem: true };
    assert.deepEqual(problemOf(await vera().get(`${run}/state`)), none);
    assert.deepEqual(problemOf(await vera().get(`${run}/diagram?kind=machine`)), none);
    assert.deepEqual(problemOf(await rewind(workflowId, "filed")), none);
    assert.equal((await vera().get(`${run}/diagram`)).body["kind"], "saga");
    for (const path of ["state", "diagram"])
      assert.equal((await vera().get(`/v1/runs/${randomUUID()}/${path}`)).body["code"], "RUN_NOT_FOUND");
    await claims.client.signal(workflowId, "go", {});
  });

  test("runs are found and counted by the state that they are in", async () => {
    const [filed, reviewed] = [await claims.file(), await claims.file()];
    await send(reviewed, "review");
    const plain = randomUUID();
    await claims.client.start("awaitNote", {}, { workflowId: plain });
    const listed = async (query: string) => {
      const { items } = (await vera().get(`/v1/runs?${query}&limit=200`)).body;
      return items as readonly Pick<RunSummary, "workflowId" | "machine">[];
    };
    const found = async (path: string) =>
      (await listed(`type=settleClaim&state=${path}`)).map(({ workflowId }) => workflowId);
    await until(async () => (await found("inReview")).includes(reviewed) && !(await found("filed")).includes(reviewed));
    assert.ok((await found("filed")).includes(filed));
    const { body } = await vera().get("/v1/run-counts?type=settleClaim&state=filed");
    assert.equal(body["total"], (await found("filed")).length);
    assert.deepEqual(await found("nowhere"), []);
    const machines = await listed("machine=true");
    const { machine } = machines.find(({ workflowId }) => workflowId === reviewed) ?? {};
    assert.deepEqual([machine?.machine, machine?.state, machine?.allowed], ["claim", ["inReview"], ["pay"]]);
    assert.ok(machines.every((run) => run.machine !== undefined));
    await until(async () => (await listed("type=awaitNote")).some(({ workflowId }) => workflowId === plain));
    assert.equal((await vera().get("/v1/runs?machine=yes")).status, 400);
    await claims.client.signal(plain, "go", {});
  });

  test("a workflow type tells of its machine", async () => {
    const { body } = await vera().get("/v1/workflow-types/settleClaim");
    assert.deepEqual(body["machine"], {
      ...{ name: "claim", version: 1, description: "From filing to payment." },
      states: ["filed", "inReview", "paid", "closed"],
      events: ["review", "pay", "close"],
      outline: machineOutline(claim),
      mermaid: machineDiagram(claim),
    });
    assert.equal((await vera().get("/v1/workflow-types/awaitNote")).body["machine"], undefined);
  });

  test("a tenant drives its own machines, and nobody else's", async () => {
    const workflowId = randomUUID();
    const [al, root] = [claims.as("al"), claims.as("root")];
    await al.post("/v1/workflow-types/settleClaim/runs", { input: { claimId: workflowId }, workflowId });
    const path = `/v1/runs/${workflowId}`;
    const reply = await al.post(`${path}/updates/review`, { input: {} }, wait);
    assert.deepEqual((reply.body["result"] as MachineState).state, ["inReview"]);
    assert.equal((await al.post(`${path}/updates/review`, { input: {} }, wait)).body["code"], "EVENT_NOT_ALLOWED");
    assert.deepEqual((await al.get(`${path}/state`)).body["state"], ["inReview"]);
    assert.equal((await al.get(`${path}/diagram`)).body["kind"], "machine");
    assert.equal(
      (await olga().post(`${path}/updates/pay`, { input: { cents: 1 } }, wait)).body["code"],
      "RUN_NOT_FOUND",
    );
    assert.equal((await vera().get(`${path}/state`)).body["code"], "RUN_NOT_FOUND");
    assert.equal((await al.post(`${path}/rewind`, { to: "filed", reason: "x" })).status, 202);
    const [refused] = (await root.page("?tenant=acme")).items.filter(({ code }) => code === "EVENT_NOT_ALLOWED");
    assert.deepEqual(
      [refused?.actor?.name, refused?.tenant, refused?.target["workflowId"]],
      ["al", "acme", workflowId],
    );
  });

  test("a start brings the first event, and begins no second run with it", async () => {
    const workflowId = randomUUID();
    const body = { input: { claimId: workflowId }, workflowId, update: { name: "review", input: {} } };
    const start = () =>
      olga().post("/v1/workflow-types/settleClaim/runs", body, { ...wait, "idempotency-key": workflowId });
    const first = await start();
    const { result } = first.body["update"] as { readonly result: unknown };
    assert.deepEqual([first.status, result], [200, { state: ["inReview"], status: "active", transition: 2 }]);
    const { transitions } = (await state(workflowId)) as unknown as MachineState;
    assert.deepEqual(transitions.at(-1)?.cause, { kind: "event", event: "review", by: "olga" });
    const again = await start();
    assert.deepEqual([again.body["existing"], again.body["update"]], [true, first.body["update"]]);
  });
});
