import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { setUpNamespace } from "tenuto/client";
import { startSystemWorker } from "tenuto/worker";
import { testServer } from "../rig/stack.ts";

test("a system worker that can't start is told to its caller alone, and the next start begins anew", async (t) => {
  const address = testServer();
  const namespace = `system-${randomUUID()}`;
  const native = await NativeConnection.connect({ address });
  t.after(() => native.close());

  await assert.rejects(startSystemWorker(native, namespace), /not found/i);
  // A rejection that nobody hears fails the test here, as it would end a process.
  await nextTurn();
  const connection = await Connection.connect({ address });
  t.after(() => connection.close());
  await setUpNamespace(connection, { namespace, retentionDays: 1, searchAttributes: {} });
  const stop = await startSystemWorker(native, namespace);

  await stop();
});
