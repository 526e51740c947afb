import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cron, defineSchedule } from "tenuto";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import { scheduleRig } from "../schedules/fixtures/schedule-rig.ts";
import { tick } from "../schedules/fixtures/tick.contract.ts";
import { spawnTenuto } from "./fixtures/tenuto-command.ts";

const nightly = defineSchedule("nightly", {
  at: cron("0 3 * * *", { timeZone: "Europe/Berlin" }),
  start: tick,
  input: { secret: "hush" },
});
const because = ["--reason", "a test"];

describe("tenuto schedules, against the API", { timeout: 300_000 }, () => {
  const rig = scheduleRig({ hasWorker: true });
  let server: RunningApi | undefined;
  before(async () => {
    const api = createApi({ client: await rig.client([nightly]), app: rig.appWith([nightly]) });
    server = await listenApi(api, { host: "127.0.0.1", port: 0 });
  });
  after(() => server?.close());
  const tenuto = (args: readonly string[], stdin?: string) =>
    spawnTenuto(["schedules", ...args], {
      env: { TENUTO_URL: server?.url ?? "" },
      ...(stdin !== undefined && { stdin }),
    }).ended;

  test("those of the code are deployed after a look, and shown", async () => {
    const dry = await tenuto(["deploy", "--dry-run"]);
    assert.equal(dry.code, 0, dry.stderr);
    assert.equal(dry.stdout, "+ make    nightly: It is new in the code\n1 would be changed; nothing was.\n");
    assert.equal((await tenuto(["show", "nightly"])).code, 3);
    assert.match((await tenuto(["deploy"])).stdout, /^\+ make {4}nightly: .*\n1 changed\.\n$/);
    const { stdout } = await tenuto(["show", "nightly"]);
    assert.match(stdout, /^Schedule +nightly$/m);
    assert.match(stdout, /^Due +0 3 \* \* \* Europe\/Berlin$/m);
    assert.match(stdout, /^Next +\d{4}-\d\d-\d\d 0[12]:00:00 UTC \(in \d+h?m?\)/m);
    assert.match(stdout, /"secret": "\[redacted\]"/);
  });

  test("one is put from stdin, listed, edited and deleted", async () => {
    const daily = { at: [{ kind: "every", every: "1d" }], type: "tick", input: {} };
    const put = await tenuto(["put", "daily", "@-", ...because], JSON.stringify(daily));
    assert.equal(put.code, 0, put.stderr);
    assert.match(put.stdout, /^Schedule daily is as you said\. It is due next at /);
    assert.match((await tenuto(["list"])).stdout, /^daily +on +in .* tick +every 1d$/m);
    const refused = await tenuto(["put", "daily", "{}", ...because]);
    assert.equal(refused.code, 2);
    assert.match((await tenuto(["delete", "daily", ...because])).stdout, /^Schedule daily is gone\.$/m);

    const edit = { ...daily, at: [{ kind: "cron", cron: "0 4 * * *" }], timeZone: "Europe/Berlin" };
    assert.match((await tenuto(["put", "nightly", JSON.stringify(edit), ...because])).stderr, /no deploy changes it/);
    const kept = (await tenuto(["deploy"])).stdout;
    assert.match(kept, /^! keep {4}nightly: It was edited by hand, by dev$/m);
    assert.match(kept, /^ +at: .*0 4 \* \* \*.* on the server, .*0 3 \* \* \*.* in the code$/m);
    assert.match((await tenuto(["delete", "nightly", ...because])).stdout, /is as the code says again/);
    const inCode = await tenuto(["delete", "nightly", ...because]);
    assert.deepEqual([inCode.code, /it is in the code of app/.test(inCode.stderr)], [4, true]);
  });

  test("one is paused, resumed, triggered and backfilled", async () => {
    assert.equal((await tenuto(["pause", "nightly", ...because])).stdout, "Schedule nightly is paused.\n");
    assert.match((await tenuto(["show", "nightly"])).stdout, /^Paused +dev: a test$/m);
    assert.match(
      (await tenuto(["resume", "nightly", ...because])).stdout,
      /^Schedule nightly is on\. It is due next at /,
    );
    assert.match((await tenuto(["trigger", "nightly", ...because])).stdout, /^A run is started: nightly-\d{4}-/);
    const backfill = ["backfill", "nightly", "--from", "3d", ...because];
    assert.match(
      (await tenuto([...backfill, "--dry-run"])).stdout,
      /^A run would be started for each of these 3 due times\./,
    );
    assert.match((await tenuto(backfill)).stdout, /^A run is started for each of these 3 due times\./);
    assert.match((await tenuto(["show", "nightly"])).stdout, /^Last runs$/m);
  });
});
