import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { MachineAnswer } from "tenuto";
import type { MachineState, RunPage, UpdateResult } from "tenuto/client";
import { claimRig } from "../api/fixtures/claim-rig.ts";
import { eventually } from "../rig/eventually.ts";
import { spawnTenuto } from "./fixtures/tenuto-command.ts";

describe("tenuto machines, against the API", { timeout: 300_000 }, () => {
  const claims = claimRig();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast with a name
  const json = <T>({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as T;
  const as = (person: "vera" | "olga", args: readonly string[], stdin?: string) =>
    spawnTenuto(["machines", ...args], {
      env: { TENUTO_URL: claims.url, TENUTO_API_KEY: `key-of-${person}` },
      ...(stdin !== undefined && { stdin }),
    }).ended;
  const olga = (...args: readonly string[]) => as("olga", args);

  test("one is shown: what it is in, what it takes, when its time is over, how it came there", async () => {
    const id = await claims.file();
    const filed = await olga("show", id);
    assert.equal(filed.code, 0, filed.stderr);
    assert.match(filed.stdout, new RegExp(`^Run +${id}, running$`, "m"));
    assert.match(filed.stdout, /^Machine +claim, version 1$/m);
    assert.match(filed.stdout, /^State +filed$/m);
    assert.match(filed.stdout, /^Takes +review$/m);
    assert.match(filed.stdout, /^Deadlines +filed, after 30d: .* UTC \(in 29d\)$/m);
    assert.match(filed.stdout, /"iban": "\[redacted\]"/);
    assert.ok(filed.stdout.includes(`tenuto machines send ${id} review --data '{…}'`));

    await olga("send", id, "review");
    const reviewed = await as("vera", ["show", id]);
    assert.match(reviewed.stdout, /^ {2}# +WHEN +WHY +STATE$/m);
    assert.match(reviewed.stdout, /^ {2}1 +\d+s ago +it began +filed$/m);
    assert.match(reviewed.stdout, /^ {2}2 +\d+s ago +event review by olga +inReview$/m);
    assert.match(reviewed.stdout, /^Goes back to filed$/m);
    const { state } = json<MachineState>(await olga("show", id, "--json"));
    assert.deepEqual(state, ["inReview"]);
  });

  test("an event is sent with data and a key, once, and answered with what the machine is in", async () => {
    const id = await claims.file();
    const sent = await olga("send", id, "review", "--key", "review-1");
    assert.equal(sent.stdout, `${id} has taken review. It is in inReview now.\n`);
    assert.equal((await olga("send", id, "review", "--key", "review-1")).stdout, sent.stdout);
    const paid = await as("olga", ["send", id, "pay", "--data", "@-", "--json"], '{"cents": 7}');
    const { status, result } = json<UpdateResult<MachineAnswer>>(paid);
    assert.deepEqual([status, result], ["completed", { state: ["paid"], status: "active", transition: 3 }]);
    assert.equal((await olga("send", id, "close")).stdout, `${id} has taken close. It is done, in closed now.\n`);
    assert.match((await olga("show", id)).stdout, /^State +closed \(done\)$/m);
  });

  test("what is refused is told with what is allowed, and ends as a state that does not allow it", async () => {
    const id = await claims.file();
    const refused = await olga("send", id, "pay", "--data", '{"cents": 1}');
    assert.equal(refused.code, 4);
    assert.match(refused.stderr, /does not take event "pay" in "filed": it takes "review" now/);
    const problem = JSON.parse((await olga("send", id, "close", "--json")).stderr) as Record<string, unknown>;
    assert.deepEqual([problem["code"], problem["allowed"]], ["EVENT_NOT_ALLOWED", ["review"]]);
    assert.equal((await olga("send", id, "pay", "--data", '{"cents": "1"}')).code, 2);
    assert.equal((await olga("send", id, "pay", "--data", "{")).code, 2);
    assert.equal((await olga("send", id, "dance")).code, 3);
    assert.equal((await as("vera", ["send", id, "review"])).code, 5);
    assert.equal((await olga("show", randomUUID())).code, 3);
  });

  test("while steps run it is shown as moving, and sending does not wait longer than told", async () => {
    const id = await claims.file();
    await olga("send", id, "review");
    const letGo = claims.holdTransfer(id);
    const taken = await olga("send", id, "pay", "--data", '{"cents": 1}', "--wait", "0");
    assert.deepEqual([taken.code, /has taken pay; its steps have not ended/.test(taken.stdout)], [0, true]);
    const shown = (await olga("show", id)).stdout;
    assert.match(shown, /^Moving +event pay by olga, since .* UTC/m);
    assert.match(shown, /^Steps +transfer$/m);
    assert.match(shown, /^Takes +nothing now$/m);
    const other = await olga("send", id, "close");
    assert.equal(other.code, 4);
    assert.match(other.stderr, /TRANSITION_IN_PROGRESS[^]*tenuto machines show ID/);
    letGo("AccountClosed");
    await claims.state(id, ({ moving }) => moving === undefined, "at rest");
    const failed = await olga("send", id, "pay", "--data", '{"cents": 2}');
    assert.match(
      failed.stdout,
      /has taken pay\. Its step transfer failed with AccountClosed\. It is in inReview now\./,
    );
  });

  test("one is brought back to where it was, with a reason", async () => {
    const id = await claims.file();
    await olga("send", id, "review");
    const back = await olga("rewind", id, "--to", "filed", "--reason", "wrong papers");
    assert.equal(back.stdout, `${id} was brought back to filed. It is in filed now.\n`);
    assert.match((await olga("show", id)).stdout, /brought back to filed by olga: wrong papers +filed$/m);
    const refused = await olga("rewind", id, "--to", "paid", "--reason", "x");
    assert.deepEqual([refused.code, /Allowed now: none/.test(refused.stderr)], [4, true]);
    assert.equal((await olga("rewind", id, "--to", "filed")).code, 2);
    const [first] = (await claims.client.audit({ actor: "olga", limit: 1 })).items;
    assert.deepEqual([first?.action, first?.outcome, first?.target["to"]], ["rewindRun", "refused", "paid"]);
  });

  test("its diagram is printed in Mermaid", async () => {
    const id = await claims.file();
    const mermaid = await claims.client.machineDiagram(id);
    assert.equal((await olga("diagram", id)).stdout, `${mermaid}\n`);
    assert.equal(json<{ readonly mermaid: string }>(await olga("diagram", id, "--json")).mermaid, mermaid);
    const plain = randomUUID();
    await claims.client.start("awaitNote", {}, { workflowId: plain });
    const none = await olga("diagram", plain);
    assert.deepEqual([none.code, /tenuto machines list/.test(none.stderr)], [3, true]);
    await claims.client.signal(plain, "go", {});
  });

  test("the list shows those that are in a state", async () => {
    const id = await claims.file();
    await olga("send", id, "review");
    const listed = async (...args: readonly string[]) =>
      json<RunPage>(await olga("list", "--json", ...args)).items.map(({ workflowId }) => workflowId);
    await eventually("it is listed in review", async () => (await listed("--state", "inReview")).includes(id));
    assert.ok(!(await listed("--state", "filed")).includes(id));
    assert.ok((await listed("--type", "settleClaim")).includes(id));
    const table = (await olga("list")).stdout;
    assert.match(table, /^ID +RUN +STARTED +TYPE +STATE +TAKES$/m);
    assert.match(table, new RegExp(`^${id} +running +\\d+s ago +settleClaim +inReview +pay$`, "m"));
    assert.doesNotMatch(table, /awaitNote/);
    const none = await olga("list", "--type", "awaitNote");
    assert.deepEqual([none.code, none.stdout], [0, ""]);
    assert.match((await olga("list", "--limit", "1")).stderr, /--limit/);
  });
});
