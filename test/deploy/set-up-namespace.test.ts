import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client, Connection } from "@temporalio/client";
import { testFlags } from "../../scripts/source-flags.mjs";
import {
  NamespaceSetupFailed,
  setUpNamespace,
  type SearchAttributeKind,
} from "../../src/sdk/client/set-up-namespace.ts";

const address = process.env["TENUTO_TEST_TEMPORAL_ADDRESS"];
const options = { skip: address ? false : "TENUTO_TEST_TEMPORAL_ADDRESS is not set: run it by npm test" };
const day = 24 * 60 * 60;

let connection: Connection;
before(async () => {
  if (address) connection = await Connection.connect({ address });
});
after(() => connection?.close());

test("a missing namespace is registered, and a workflow with its attributes starts at once", options, async () => {
  const namespace = uniqueName();

  const changes = await setUpNamespace(connection, settings(namespace));

  assert.deepEqual(changes, {
    registered: true,
    retentionLengthened: false,
    attributesAdded: ["TenutoMarks", "TenutoTaskDue", "TenutoChainStart"],
  });
  assert.equal(await retentionDays(namespace), 90);
  await startAndTerminate(namespace);
});

test("a namespace that somebody asked for before it existed can be used too", options, async () => {
  const namespace = uniqueName();
  await assert.rejects(startAndTerminate(namespace));

  await setUpNamespace(connection, settings(namespace));

  await startAndTerminate(namespace);
});

test("a second run changes nothing", options, async () => {
  const namespace = uniqueName();
  await setUpNamespace(connection, settings(namespace));

  const changes = await setUpNamespace(connection, settings(namespace));

  assert.deepEqual(changes, { registered: false, retentionLengthened: false, attributesAdded: [] });
});

test("two at once both succeed", options, async () => {
  const namespace = uniqueName();

  const both = await Promise.all([1, 2].map(() => setUpNamespace(connection, settings(namespace))));

  assert.equal(both.filter(({ registered }) => registered).length, 1);
});

for (const { before: days, after: expected, what } of [
  { before: 1, after: 90, what: "a shorter retention is lengthened" },
  { before: 400, after: 400, what: "a longer retention is never shortened" },
]) {
  test(what, options, async () => {
    const namespace = uniqueName();
    await setUpNamespace(connection, { ...settings(namespace), retentionDays: days });

    const { retentionLengthened } = await setUpNamespace(connection, settings(namespace));

    assert.equal(await retentionDays(namespace), expected);
    assert.equal(retentionLengthened, expected !== days);
  });
}

test("an attribute with another type is an error that names it, and changes nothing", options, async () => {
  const namespace = uniqueName();
  await setUpNamespace(connection, settings(namespace, { TenutoMarks: "Keyword" }));

  const again = setUpNamespace(connection, settings(namespace, { TenutoMarks: "KeywordList", Other: "Int" }));

  await assert.rejects(again, (error) => {
    assert.ok(error instanceof NamespaceSetupFailed);
    assert.equal(error.code, "NAMESPACE_SETUP_FAILED");
    assert.match(error.message, /"TenutoMarks" is Keyword, not KeywordList/);
    return true;
  });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  assert.ok(!("Other" in customAttributes));
});

test("the command reads deploy/temporal/namespace.json and says what it did", options, async () => {
  const namespace = uniqueName();
  const command = fileURLToPath(new URL("../../src/bin/setup-namespace.ts", import.meta.url));
  const env = { ...process.env, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };

  const { stdout } = await promisify(execFile)(process.execPath, [...testFlags, command], { env });

  assert.match(
    stdout,
    new RegExp(`"${namespace}" is ready \\(registered; added TenutoMarks, TenutoTaskDue, TenutoChainStart\\)`),
  );
  assert.equal(await retentionDays(namespace), 90);
});

function settings(namespace: string, searchAttributes?: Record<string, SearchAttributeKind>) {
  return { namespace, retentionDays: 90, ...(searchAttributes && { searchAttributes }) };
}

function uniqueName(): string {
  return `set-up-${randomUUID()}`;
}

async function startAndTerminate(namespace: string): Promise<void> {
  const client = new Client({ connection, namespace });
  const handle = await client.workflow.start("any", { workflowId: "any", taskQueue: "nobody-polls-this" });
  await handle.terminate();
}

async function retentionDays(namespace: string): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds) / day;
}
