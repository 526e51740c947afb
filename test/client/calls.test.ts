import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  IdempotencyKeyReused,
  InvalidInput,
  NoWorkerPolling,
  PayloadTooLarge,
  QueryFailed,
  RecordedFailure,
  RunClosed,
  RunFailed,
  RunNotFinished,
  RunNotFound,
  UnknownQuery,
  UnknownUpdate,
  UpdateFailed,
  UpdateNotFound,
  UpdatePending,
  UpdateRejected,
} from "tenuto";
import type { TenutoClient } from "tenuto/client";
import { account, fails, waits } from "../api/fixtures/app.ts";
import { uniqueId, useTemporal, withServer } from "../api/fixtures/temporal.ts";

suite("a run, by its contract", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });

  test("a query's input and output are typed, and defaults apply", async () => {
    const run = await temporal().client.start(account, { cents: 250 });

    const cents: number = await run.query("balance", {});

    assert.equal(cents, 250);
    assert.equal(await temporal().client.run(account, run.workflowId).query("balance", { in: "euros" }), 2.5);
  });

  test("a query that is unknown, invalid, too large or fails says so", async () => {
    const { client } = temporal();
    const run = await client.start(account, {});
    const { workflowId } = run;

    await assert.rejects(
      client.query(workflowId, "toString", {}),
      (error) => error instanceof UnknownQuery && error.message.includes("it has balance, broken, unhandled."),
    );
    await assert.rejects(client.query(workflowId, "balance", { in: "yen" }), InvalidInput);
    await assert.rejects(
      run.query("broken", null),
      (error) => error instanceof QueryFailed && error.message.includes("can't say"),
    );
    await assert.rejects(run.query("unhandled", null), QueryFailed);
    await assert.rejects(client.query(uniqueId(), "balance", {}), RunNotFound);
  });

  test("an update answers with its output", async () => {
    const run = await temporal().client.start(account, { cents: 1 });

    assert.deepEqual(await run.update("deposit", { cents: 4 }), { cents: 5, parsed: true });
  });

  test("an update is done once for each update id, also when the run is closed since", async () => {
    const { client } = temporal();
    const run = await client.start(account, {});
    const options = { updateId: "u-1" };

    const answers = [await run.update("deposit", { cents: 4 }, options), await run.update("deposit", {}, options)];

    assert.deepEqual(answers, [
      { cents: 4, parsed: true },
      { cents: 4, parsed: true },
    ]);
    await run.update("close", null);
    assert.deepEqual(await run.value({ waitMs: 10_000 }), { cents: 4 });
    assert.deepEqual(await run.update("deposit", {}, options), { cents: 4, parsed: true });
    await assert.rejects(run.update("deposit", {}), RunClosed);
  });

  test("an idempotency key is one update of its name", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start(account, {});
    const options = { idempotencyKey: "k", waitMs: 10_000 };

    const [first, second] = await Promise.all([
      client.update(workflowId, "deposit", { cents: 4 }, options),
      client.update(workflowId, "deposit", { cents: 4 }, options),
    ]);

    assert.deepEqual(first.result, { cents: 4, parsed: true });
    assert.deepEqual(second, first);
    const withdrawn = await client.update(workflowId, "withdraw", { cents: 4 }, options);
    assert.deepEqual(withdrawn.result, { cents: 0 });
    await assert.rejects(client.update(workflowId, "deposit", { cents: 5 }, options), IdempotencyKeyReused);
    assert.deepEqual(await client.update(workflowId, "deposit", { cents: 4 }, options), first);
  });

  test("an update that takes longer is pending, and its id asks for it again", async () => {
    const { client } = temporal();
    const run = await client.start(account, {});
    const { workflowId } = run;
    const options = { updateId: "slow" };

    await assert.rejects(
      run.update("deposit", { afterMs: 2_000 }, { ...options, waitMs: 500 }),
      (error) => error instanceof UpdatePending && error.updateId === "slow",
    );

    const { runId } = run;
    assert.deepEqual(await client.updateResult(workflowId, "deposit", "slow"), {
      updateId: "slow",
      runId,
      status: "running",
    });
    assert.deepEqual(await client.updateResult(workflowId, "deposit", "slow", { waitMs: 10_000 }), {
      updateId: "slow",
      runId,
      status: "completed",
      result: { cents: 1, parsed: true },
    });
  });

  test("a declared error of an update arrives as itself, with its data and its cause", async () => {
    const run = await temporal().client.start(account, { cents: 3 });

    const error = await run.update("withdraw", { cents: 5 }).catch((thrown: unknown) => thrown);

    assert.ok(account.errors.Poor.is(error));
    const cents: number = error.data.cents;
    assert.equal(cents, 3);
    assert.ok(error.cause instanceof RecordedFailure);
    assert.deepEqual([error.cause.type, error.cause.message], ["Root", "deeper"]);
  });

  test("an update that fails otherwise is UpdateFailed, and stays so", async () => {
    const { client } = temporal();
    const run = await client.start(account, {});
    const options = { updateId: "b" };

    for (const attempt of [1, 2]) {
      const error = await run.update("breaks", null, options).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof UpdateFailed, `attempt ${attempt}: ${String(error)}`);
      assert.ok(error.cause instanceof RecordedFailure);
      assert.equal(error.cause.type, "Broken");
    }
    assert.deepEqual((await client.updateResult(run.workflowId, "breaks", "b")).error, {
      type: "Broken",
      message: "it broke",
    });
  });

  test("an update that its run refuses leaves no trace, and can be sent again under its id", async () => {
    const { client } = temporal();
    const run = await client.start(account, {});
    await run.signal("freeze", { by: "bank" });

    const error = await run.update("deposit", {}, { updateId: "r" }).catch((thrown: unknown) => thrown);

    assert.ok(error instanceof UpdateRejected, String(error));
    assert.ok(account.errors.Frozen.is(error.cause));
    assert.equal(error.cause.data.by, "bank");
    await assert.rejects(client.updateResult(run.workflowId, "deposit", "r"), UpdateNotFound);
    assert.doesNotMatch(JSON.stringify(await client.history(run.workflowId)), /"updateId":"r"/);
  });

  test("an update that is unknown, invalid or too large does not reach its run", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start(account, {});

    await assert.rejects(
      client.update(workflowId, "toString", {}),
      (error) => error instanceof UnknownUpdate && error.message.includes("it has deposit, withdraw, breaks, close."),
    );
    await assert.rejects(client.update(workflowId, "deposit", { cents: -1 }), InvalidInput);
    await assert.rejects(client.update(workflowId, "deposit", {}, { updateId: "\0" }), InvalidInput);
    await assert.rejects(client.updateResult(workflowId, "nope", "x"), UnknownUpdate);
    await assert.rejects(client.updateResult(workflowId, "deposit", "x"), UpdateNotFound);
    await assert.rejects(client.update(uniqueId(), "deposit", {}), RunNotFound);
    const run = await client.start(waits, undefined);
    await assert.rejects(run.signal("go", { by: "x".repeat(1_900_001) }), PayloadTooLarge);
  });

  test("a value is the typed output, or the declared error with its data", async () => {
    const { client } = temporal();
    const run = await client.start(account, {});
    await run.signal("freeze", { by: "bank" });
    await run.update("close", null);

    const error = await run.value().catch((thrown: unknown) => thrown);

    assert.ok(account.errors.Frozen.is(error));
    assert.equal(error.data.by, "bank");
    assert.ok(error.cause instanceof RecordedFailure);
    assert.equal(error.cause.type, "Root");
    assert.equal((await run.result()).status, "failed");
    assert.equal((await run.describe()).status, "failed");
  });

  test("a step's declared error that ended a run is itself, too", async () => {
    const run = await temporal().client.start(fails, { how: "step" });

    await assert.rejects(run.value(), { name: "DeclaredError", type: "CardDeclined", data: { reason: "card" } });
  });

  test("a run that ended otherwise is RunFailed, with its status and its cause", async () => {
    const { client } = temporal();
    const run = await client.start(fails, { how: "plain" });

    const error = await run.value().catch((thrown: unknown) => thrown);

    assert.ok(error instanceof RunFailed);
    assert.deepEqual([error.status, error.type], ["failed", "Broken"]);
    assert.ok(error.cause instanceof RecordedFailure);
    const canceled = await client.start(waits, undefined);
    await assert.rejects(canceled.value({ waitMs: 100 }), RunNotFinished);
    await canceled.cancel("enough");
    await assert.rejects(canceled.value(), { name: "RunFailed", status: "canceled", type: "Canceled" });
  });
});

test("names, inputs and outputs that a contract does not have do not compile", () => {
  const compiles = async (client: TenutoClient): Promise<void> => {
    const run = client.run(account, "id");
    // @ts-expect-error the contract has no such signal
    await run.signal("nope", {});
    // @ts-expect-error `by` is text
    await run.signal("freeze", { by: 1 });
    // @ts-expect-error there are cents and euros
    await run.query("balance", { in: "yen" });
    // @ts-expect-error the contract has no such update
    await run.update("balance", {});
    // @ts-expect-error `cents` is required
    await run.update("withdraw", {});
    // @ts-expect-error the output is an object
    (await run.value()) satisfies string;
  };
  assert.ok(compiles);
});

suite("a run that no worker takes", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });

  test("queries and updates say which task queue has no worker", async () => {
    const { client } = temporal();
    const run = await client.start(account, {});
    const isUnpolled = (error: unknown) => error instanceof NoWorkerPolling && error.taskQueue === "api-fixture";

    const began = Date.now();
    await Promise.all([
      assert.rejects(run.query("balance", {}), isUnpolled),
      assert.rejects(run.update("deposit", {}, { waitMs: 1_000 }), isUnpolled),
      assert.rejects(client.update(run.workflowId, "deposit", {}), isUnpolled),
    ]);

    assert.ok(Date.now() - began < 7_000, `${Date.now() - began} ms`);
  });
});
