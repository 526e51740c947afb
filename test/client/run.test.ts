import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { InvalidInput, RunClosed, RunNotFound, UnknownSignal } from "tenuto";
import { fails, retries, waits } from "../api/fixtures/app.ts";
import { uniqueId, until, useTemporal, withServer } from "../api/fixtures/temporal.ts";

suite("what becomes of a run", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });

  for (const { how, error } of [
    {
      how: "declared",
      error: { type: "Declined", message: "no", data: { reason: "poor" }, cause: { type: "Root", message: "deeper" } },
    },
    { how: "plain", error: { type: "Broken", message: "it broke" } },
    { how: "step", error: { type: "CardDeclined", message: "declined", data: { reason: "card" }, step: "decline" } },
    { how: "child", error: { type: "CardDeclined", message: "declined", data: { reason: "card" }, step: "decline" } },
  ] as const) {
    test(`a run that failed (${how}) says why, without Temporal's envelopes`, async () => {
      const { client } = temporal();
      const { workflowId } = await client.start(fails, { how }, { workflowId: uniqueId() });

      assert.deepEqual(await client.result(workflowId, { waitMs: 10_000 }), { status: "failed", error });
    });
  }

  test("a canceled run says so, and its history has the reason", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start(waits, { note: "x" });

    await client.cancel(workflowId, { reason: "changed my mind" });

    const { status, error } = await client.result(workflowId, { waitMs: 10_000 });
    assert.deepEqual([status, error?.type], ["canceled", "Canceled"]);
    assert.match(JSON.stringify(await client.history(workflowId)), /"cause":"changed my mind"/);
    await assert.rejects(client.cancel(workflowId, { reason: "again" }), RunClosed);
    await assert.rejects(client.signal(workflowId, "go", { by: "x" }), RunClosed);
  });

  test("a terminated run says so", async () => {
    const { client, connection, namespace } = temporal();
    const { workflowId } = await client.start("anything", 1);
    const workflowExecution = { workflowId };
    await connection.workflowService.terminateWorkflowExecution({ namespace, workflowExecution, reason: "enough" });

    assert.deepEqual(await client.result(workflowId), {
      status: "terminated",
      error: { type: "Terminated", message: "enough" },
    });
  });

  test("a result follows the runs that continue a run, unless it is asked of one of them", async () => {
    const { client } = temporal();
    const { workflowId, runId } = await client.start("chain", { left: 2 });

    assert.deepEqual(await client.result(workflowId, { runId, isFollowing: true, waitMs: 10_000 }), {
      status: "completed",
      result: "end of chain",
    });
    assert.deepEqual(await client.result(workflowId, { runId }), { status: "continuedAsNew" });
  });

  test("a result that is not there in time is running, and the wait is as long as asked", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start(waits, undefined);

    const began = Date.now();
    assert.deepEqual(await client.result(workflowId, { waitMs: 1_500 }), { status: "running" });

    const tookMs = Date.now() - began;
    assert.ok(tookMs >= 1_450 && tookMs < 3_000, `${tookMs} ms`);
  });

  test("an aborted wait ends at once", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start(waits, undefined);

    const began = Date.now();
    const result = await client.result(workflowId, { waitMs: 20_000, signal: AbortSignal.timeout(200) });

    assert.deepEqual(result, { status: "running" });
    assert.ok(Date.now() - began < 2_000);
  });

  test("a signal is parsed and reaches its run; an unknown or invalid one does not", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start(waits, undefined);

    await assert.rejects(
      client.signal(workflowId, "toString", {}),
      (error) => error instanceof UnknownSignal && error.message.includes("it has go."),
    );
    await assert.rejects(client.signal(workflowId, "go", { by: "", notes: [{}] }), (error) => {
      assert.ok(error instanceof InvalidInput);
      assert.deepEqual(
        error.issues.map(({ pointer }) => pointer),
        ["/input/by", "/input/notes/0/text"],
      );
      return true;
    });
    await client.signal(workflowId, "go", { by: "me" });

    assert.deepEqual(await client.result(workflowId, { waitMs: 10_000 }), {
      status: "completed",
      result: { by: "me" },
    });
  });

  test("a step that is retried shows its attempt, its last failure and when it goes on", async () => {
    const { client } = temporal();
    const { workflowId, runId } = await client.start(retries, null);

    const run = await until(async () => {
      const described = await client.describe(workflowId);
      return described.pendingSteps[0]?.attempt === 2 && described;
    });

    const [step] = run.pendingSteps;
    assert.deepEqual(
      { type: step?.type, state: step?.state, lastFailure: step?.lastFailure },
      { type: "flake", state: "scheduled", lastFailure: { type: "Flaky", message: "not now" } },
    );
    assert.ok(Date.parse(step?.nextRetryAt ?? "") > Date.now());
    assert.equal(run.status, "running");
    const { namespace } = temporal();
    assert.equal(
      run.links.temporalUi,
      `http://ui.example/namespaces/${namespace}/workflows/${workflowId}/${runId}/history`,
    );
  });

  test("marks are read from the search attribute", async () => {
    const { client, connection, namespace } = temporal();
    const workflowId = uniqueId();
    const data = Buffer.from('["partial"]');
    const metadata = { encoding: Buffer.from("json/plain"), type: Buffer.from("KeywordList") };
    await connection.workflowService.startWorkflowExecution({
      namespace,
      workflowId,
      requestId: uniqueId(),
      workflowType: { name: "anything" },
      taskQueue: { name: "nobody" },
      searchAttributes: { indexedFields: { TenutoMarks: { metadata, data } } },
    });

    assert.deepEqual((await client.describe(workflowId)).marks, ["partial"]);
  });

  for (const [workflowId, runId] of [
    ["nobody", undefined],
    ["", undefined],
    ["\ud800", undefined],
    ["x".repeat(2_000), undefined],
    ["nobody", "not-a-uuid"],
    ["nobody", "01a208d8-fc54-75cf-b82b-aea9e95a467b"],
  ] as const) {
    test(`what no run has is not found: ${workflowId.slice(0, 10)} ${runId ?? ""}`, async () => {
      const { client } = temporal();
      const options = { runId };

      await assert.rejects(client.describe(workflowId, options), RunNotFound);
      await assert.rejects(client.result(workflowId, options), RunNotFound);
      await assert.rejects(client.history(workflowId, options), RunNotFound);
      await assert.rejects(client.signal(workflowId, "go", {}, options), RunNotFound);
      await assert.rejects(client.cancel(workflowId, { ...options, reason: "x" }), RunNotFound);
    });
  }
});
