import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { NativeConnection } from "@temporalio/worker";
import { startSystemWorker } from "tenuto/worker";
import { raiseAlert } from "../../src/sdk/client/raise-alert.ts";
import { Temporal } from "../../src/sdk/client/temporal.ts";
import "../rig/worker-log.ts";
import { problemOf, useApi } from "./fixtures/http.ts";
import { address, uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

suite("alerts over HTTP", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client);
  let stop: (() => Promise<void>) | undefined;
  before(async () => {
    if (!address) return;
    const connection = await NativeConnection.connect({ address });
    const leave = await startSystemWorker(connection, temporal().namespace);
    stop = async () => {
      await leave();
      await connection.close();
    };
  });
  after(() => stop?.());

  const raise = async (rule: string): Promise<string> => {
    const { connection, namespace } = temporal();
    return raiseAlert(new Temporal({ connection, namespace, identity: "rules" }), {
      ...{ rule, subject: uniqueId(), occurrence: "first", severity: "critical" },
      ...{ title: "No worker polls", text: "", links: { queue: "http://ui.example/" }, channels: [] },
      ...{ coolDownMs: 0, at: "2026-01-31T12:00:00.000Z" },
    });
  };

  test("are listed, by status and rule, and taken on once", async () => {
    const rule = `rule-${uniqueId()}`;
    const id = await raise(rule);
    const listed = async (query: string) => (await api().get(`/v1/alerts?rule=${rule}${query}`)).body["items"];
    await until(async () => ((await listed("&status=open")) as unknown[]).length === 1, 60_000);

    const taken = await api().post(`/v1/alerts/${id}/acknowledge`, { reason: "on it" });

    assert.equal(taken.status, 200);
    const { status, acknowledged, rule: told, count } = taken.body as Record<string, Record<string, unknown>>;
    assert.deepEqual([status, told, count], ["acknowledged", rule, 1]);
    assert.deepEqual([acknowledged?.["by"], acknowledged?.["reason"]], ["dev", "on it"]);
    await until(async () => ((await listed("&status=acknowledged")) as unknown[]).length === 1, 60_000);
    assert.deepEqual(await listed("&status=resolved"), []);
    const twice = await api().post(`/v1/alerts/${id}/acknowledge`, { reason: "me too" });
    assert.deepEqual(problemOf(twice), { status: 409, code: "ALERT_NOT_OPEN", isProblem: true });
  });

  test("that are not there are 404, and filters that can't be are refused", async () => {
    const missing = await api().post(`/v1/alerts/${"0".repeat(32)}/acknowledge`, { reason: "on it" });
    assert.deepEqual(problemOf(missing), { status: 404, code: "ALERT_NOT_FOUND", isProblem: true });
    assert.equal((await api().get("/v1/alerts?status=loud")).status, 400);
    assert.equal((await api().post(`/v1/alerts/${"0".repeat(32)}/acknowledge`, {})).status, 422);
  });
});
