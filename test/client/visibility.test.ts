// What Tenuto's queries stand on: the same answers from SQLite (npm test) and from PostgreSQL (npm test -- --postgres).
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Client, Connection } from "@temporalio/client";
import { defineSearchAttributeKey, TypedSearchAttributes } from "@temporalio/common";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { canBeFound, quote } from "../../src/sdk/client/visibility-query.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";

const marksKey = defineSearchAttributeKey("TenutoMarks", "KEYWORD_LIST");
const letterMark = `dl:${"0123456789abcdef".repeat(2)}`;

const runs: Readonly<Record<string, { readonly type: string; readonly marks?: string[] }>> = {
  "acme:parked": { type: "order", marks: ["parked", letterMark] },
  "acme:paused": { type: "order", marks: ["paused"] },
  "acme:both": { type: "refund", marks: ["parked", "paused"] },
  "acme:plain": { type: "refund" },
  "acme-eu:plain": { type: "order" },
  "acm:plain": { type: "order" },
  "a_me%:wild": { type: "order" },
  "it's `quoted` -- /* é 日本 🎵 $1 :x !_": { type: "order" },
};
const ids = Object.keys(runs);
const hostileId = ids.at(-1) ?? "";

describe("visibility", () => {
  const namespace = `visibility-${randomUUID()}`;
  let connection: Connection;
  let client: Client;

  before(async () => {
    connection = await Connection.connect({ address: testServer() });
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    client = new Client({ connection, namespace });
    // One after the other: lists have the newest first.
    for (const [workflowId, { type, marks = [] }] of Object.entries(runs)) {
      const typedSearchAttributes = new TypedSearchAttributes(marks.length ? [{ key: marksKey, value: marks }] : []);
      await client.workflow.start(type, { workflowId, taskQueue: "nobody-polls-this", typedSearchAttributes });
    }
    await client.workflow.getHandle("acm:plain").terminate();
    await eventually("all runs are listed, one of them as terminated", async () => {
      const { count } = await client.workflow.count();
      return count === ids.length && (await client.workflow.count("ExecutionStatus = 'Terminated'")).count === 1;
    });
  });
  after(async () => {
    const open = ids.filter((workflowId) => workflowId !== "acm:plain");
    await Promise.all(open.map((workflowId) => client.workflow.getHandle(workflowId).terminate()));
    await connection.close();
  });

  const found = async (query: string) => {
    const workflowIds = [];
    for await (const { workflowId } of client.workflow.list({ query })) workflowIds.push(workflowId);
    return workflowIds;
  };

  for (const { query, finds } of [
    { query: "TenutoMarks = 'parked'", finds: ["acme:parked", "acme:both"] },
    { query: `TenutoMarks = ${quote(letterMark)}`, finds: ["acme:parked"] },
    { query: "TenutoMarks IN ('paused', 'partial')", finds: ["acme:paused", "acme:both"] },
    { query: "TenutoMarks = 'park'", finds: [] },
    { query: "TenutoMarks IS NOT NULL", finds: ["acme:parked", "acme:paused", "acme:both"] },
    {
      query: "(WorkflowType = 'refund' OR TenutoMarks = 'parked') AND ExecutionStatus = 'Running'",
      finds: ["acme:parked", "acme:both", "acme:plain"],
    },
    { query: "WorkflowId STARTS_WITH 'acme:'", finds: ["acme:parked", "acme:paused", "acme:both", "acme:plain"] },
    {
      query: "(TenutoMarks = 'paused') AND WorkflowId STARTS_WITH 'acme:'",
      finds: ["acme:paused", "acme:both"],
    },
    { query: "WorkflowId STARTS_WITH 'a_me%:'", finds: ["a_me%:wild"] },
    { query: "WorkflowId STARTS_WITH 'ac%'", finds: [] },
    { query: `WorkflowId = ${quote(hostileId)}`, finds: [hostileId] },
    { query: `WorkflowId STARTS_WITH ${quote(hostileId.slice(0, -1))}`, finds: [hostileId] },
    { query: "ExecutionStatus != 'Running'", finds: ["acm:plain"] },
    { query: "TemporalReportedProblems IS NOT NULL AND ExecutionStatus = 'Running'", finds: [] },
  ]) {
    test(`the same runs for ${query}`, async () => {
      assert.deepEqual(sorted(await found(query)), sorted(finds));
    });
  }

  test("runs that are open come first, then the one that started last", async () => {
    const open = ids.filter((id) => id !== "acm:plain");

    assert.deepEqual(await found(""), [...open.toReversed(), "acm:plain"]);
  });

  test("windows of time, one after the other, are oldest first and have each run once", async () => {
    const started: { readonly id: string; readonly at: Date }[] = [];
    for await (const { workflowId, startTime } of client.workflow.list())
      started.push({ id: workflowId, at: startTime });
    const times = started.map(({ at }) => at.getTime());
    const [begin, end] = [Math.min(...times), Math.max(...times) + 1];
    const middle = new Date(Math.floor((begin + end) / 2)).toISOString();

    const older = await found(`StartTime < '${middle}'`);
    const newer = await found(`StartTime >= '${middle}' AND StartTime < '${new Date(end).toISOString()}'`);

    assert.deepEqual(sorted([...older, ...newer]), sorted(ids));
    const newestOfOlder = older.reduce((latest, id) => Math.max(latest, ids.indexOf(id)), -1);
    assert.ok(newer.every((id) => ids.indexOf(id) > newestOfOlder));
  });

  test("counts are grouped by status", async () => {
    const { groups } = await client.workflow.count("WorkflowType = 'order' GROUP BY ExecutionStatus");

    assert.deepEqual(Object.fromEntries(groups.map(({ groupValues, count }) => [String(groupValues[0]), count])), {
      Running: 5,
      Terminated: 1,
    });
  });

  test("pages of two have each run once, also when one starts between them", async () => {
    const page = async (nextPageToken?: Uint8Array) =>
      connection.workflowService.listWorkflowExecutions({
        namespace,
        query: "WorkflowType = 'order'",
        pageSize: 2,
        ...(nextPageToken && { nextPageToken }),
      });
    const workflowIds: string[] = [];
    const late = `late-${randomUUID()}`;
    let token: Uint8Array | undefined;
    do {
      const { executions, nextPageToken } = await page(token);
      workflowIds.push(...executions.map(({ execution }) => execution?.workflowId ?? ""));
      if (!token) {
        await client.workflow.start("order", { workflowId: late, taskQueue: "nobody-polls-this" });
        await eventually("the late run is listed", async () => (await found(`WorkflowId = '${late}'`)).length === 1);
      }
      token = nextPageToken.length > 0 ? nextPageToken : undefined;
    } while (token);
    await client.workflow.getHandle(late).terminate();

    assert.deepEqual(sorted(workflowIds), sorted(ids.filter((id) => runs[id]?.type === "order")));
  });

  for (const text of ['a"b', "a\\b", "a\nb", "a\tb", "a\rb", "a\bb"]) {
    test(`a run named ${JSON.stringify(text)} can't be found, so Tenuto doesn't ask`, async () => {
      const handle = await client.workflow.start("hostile", { workflowId: text, taskQueue: "nobody-polls-this" });
      await eventually("it is listed", async () => (await found("WorkflowType = 'hostile'")).includes(text));
      const answer = await found(`WorkflowId = ${quote(text)}`);
      await handle.terminate();

      assert.ok(!answer.includes(text), "the server has learned it: ask");
      assert.equal(canBeFound(text), false);
    });
  }

  test("a question mark, on which PostgreSQL fails, is not asked for; every other text is", () => {
    assert.equal(canBeFound("a?b"), false);
    assert.ok(ids.every(canBeFound));
  });

  for (const query of ["ORDER BY StartTime", "TenutoMarks STARTS_WITH 'dl:'", "Nobody = 'x'"]) {
    test(`refused: ${query}`, async () => {
      await assert.rejects(found(query), ({ cause }: Error) => /INVALID_ARGUMENT/.test(String(cause)));
    });
  }
});

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted();
}
