import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SignJWT, UnsecuredJWT } from "jose";
import { createTaskLinks } from "tenuto/client";
import { startEndpoint, type Endpoint } from "../alerts/fixtures/endpoint.ts";
import { callsTo, type Reply } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { approvers, taskRig } from "./fixtures/task-rig.ts";

const secret = "the secret of this test, of 32 characters";
const publicUrl = "https://tasks.example.com/shop";
const taskLinks = createTaskLinks({ secrets: [secret], publicUrl });

interface Told {
  readonly type: string;
  readonly data: {
    readonly title: string;
    readonly links: Readonly<Record<string, string>>;
    readonly task: { readonly taskId: string };
  };
}

describe("links that answer tasks", () => {
  let desk: Endpoint | undefined;
  before(async () => {
    // A hook that is registered in a hook belongs to that one, so it is closed by another.
    desk = await startEndpoint({ after: () => undefined });
  });
  after(() => desk?.close());
  const webhook = (name: string) => ({
    ...({ kind: "webhook", name, allowPrivate: true } as const),
    ...{ url: `${desk?.url ?? ""}/${name}`, secret: `whsec_${Buffer.alloc(24, 7).toString("base64")}` },
  });
  const tasks = taskRig({ taskLinks, channels: () => [webhook("desk"), webhook("other")] });

  const allToldOf = (taskId: string, channel = "desk"): readonly Told[] =>
    (desk?.received ?? [])
      .filter(({ path }) => path === `/${channel}`)
      .map(({ body }) => JSON.parse(body) as Told)
      .filter(({ data }) => data.task.taskId === taskId);
  const toldOf = async (taskId: string, { channel = "desk", type = "task.opened" } = {}) =>
    eventually(`${channel} is told`, async () => allToldOf(taskId, channel).find((message) => message.type === type), {
      withinMs: 60_000,
    });
  const tokenOf = ({ data }: Told) => new URL(data.links["Answer"] ?? "").hash.slice(1);
  const show = (token: string) => callsTo(tasks.url).post("/v1/task-links/show", { token });
  const answer = (token: string, body: object): Promise<Reply> =>
    callsTo(tasks.url).post("/v1/task-links/answer", { token, ...body });
  const asked = async (task = "approveByLink") => {
    const workflowId = await tasks.start("ask", { task });
    const [open] = await tasks.openTasks(workflowId);
    assert.ok(open);
    return { workflowId, taskId: open.taskId, told: await toldOf(open.taskId) };
  };
  const codeOf = ({ status, body }: Reply) => [status, body["code"]];
  const gone = [410, "TASK_LINK_GONE"];
  const invalid = [401, "TASK_LINK_INVALID"];

  test("who is told gets a link in whose fragment the token is; opening it shows the task and changes nothing", async () => {
    const { workflowId, told } = await asked();
    assert.deepEqual([told.type, told.data.title], ["task.opened", "To be answered: Approve thing 1"]);
    assert.match(told.data.links["Answer"] ?? "", /^https:\/\/tasks\.example\.com\/shop\/task-link#[\w.-]+$/);
    const token = tokenOf(told);
    for (let scan = 0; scan < 3; scan += 1) {
      const page = await fetch(`${tasks.url}/task-link`);
      assert.equal(page.status, 200);
      assert.match(page.headers.get("content-security-policy") ?? "", /script-src 'self'/);
      const { status, body } = await show(token);
      assert.deepEqual(
        [status, body["title"], body["data"]],
        [200, "Approve thing 1", { what: "thing 1", cents: 100, iban: "[redacted]" }],
      );
    }
    const wrong = await answer(token, { answer: { note: "" } });
    const [issue] = wrong.body["errors"] as readonly { readonly pointer: string }[];
    assert.deepEqual([wrong.status, issue?.pointer], [422, "/answer/note"]);
    const done = await answer(token, { answer: { note: "by mail" } });
    assert.deepEqual([done.status, done.body["status"]], [200, "completed"]);
    const { result } = await tasks.client.result(workflowId, { waitMs: 20_000 });
    assert.deepEqual(result, [{ note: "by mail" }]);
    assert.deepEqual(codeOf(await answer(token, { answer: { note: "again" } })), gone);
    const again = await show(token);
    assert.deepEqual(codeOf(again), gone);
    assert.match(String(again.body["detail"]), /it has answered already/);
  });

  test("two clicks at once answer once", async () => {
    const { told } = await asked();
    const token = tokenOf(told);
    const clicks = await Promise.all([1, 2, 3].map((click) => answer(token, { answer: { note: `click ${click}` } })));
    assert.deepEqual(clicks.map(({ status }) => status).toSorted(), [200, 410, 410]);
  });

  test("a link rejects, too; one of a task that somebody else has answered is gone", async () => {
    const rejected = await asked();
    const both = { answer: { note: "yes" }, reject: { reason: "no" } };
    assert.deepEqual(codeOf(await answer(tokenOf(rejected.told), both)), [422, "INVALID_BODY"]);
    assert.equal((await answer(tokenOf(rejected.told), { reject: { reason: "no" } })).status, 200);
    const { error } = await tasks.client.result(rejected.workflowId, { waitMs: 20_000 });
    assert.equal(error?.type, "TaskRejected");

    const other = await asked();
    const path = `/v1/tasks/${other.taskId}/complete`;
    assert.equal((await tasks.post(approvers[0] ?? "", path, { answer: { note: "first" } })).status, 200);
    const late = await answer(tokenOf(other.told), { answer: { note: "late" } });
    assert.deepEqual(codeOf(late), gone);
    assert.match(String(late.body["detail"]), /waits for nobody any more/);
  });

  test("each channel of a task that needs several counts once, by whichever of its links", async () => {
    const { workflowId, taskId, told } = await asked("approveByLinks");
    const late = await toldOf(taskId, { type: "task.due" });
    assert.deepEqual(
      allToldOf(taskId).map(({ type }) => type),
      ["task.opened", "task.due"],
    );
    const other = await toldOf(taskId, { channel: "other" });
    assert.equal((await answer(tokenOf(told), { answer: { note: "one" } })).status, 200);
    for (const used of [told, late]) {
      assert.deepEqual(codeOf(await answer(tokenOf(used), { answer: { note: "one again" } })), gone);
      assert.deepEqual(codeOf(await answer(tokenOf(used), { reject: { reason: "after all" } })), gone);
    }
    assert.equal((await answer(tokenOf(other), { answer: { note: "two" } })).status, 200);
    const { result } = await tasks.client.result(workflowId, { waitMs: 20_000 });
    const votes = (result as readonly (readonly { readonly by: string }[])[]).flat();
    assert.deepEqual(
      votes.map(({ by }) => by),
      ["link to desk", "link to other"],
    );
  });

  test("a token that was changed, signed by somebody else, unsigned, or none at all is 401; one whose time is over 410", async () => {
    const { taskId, told } = await asked();
    const token = tokenOf(told);
    const [header = "", payload = "", signature = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const changed = Buffer.from(JSON.stringify({ ...claims, tenant: "globex" })).toString("base64url");
    const bySomebody = new SignJWT(claims).setProtectedHeader({ alg: "HS256" });
    const tampered = [
      `${header}.${changed}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}AA`,
      `${token}x`,
      "x",
      new UnsecuredJWT(claims).encode(),
      await bySomebody.sign(new TextEncoder().encode("another secret of 32 characters or more")),
      await new SignJWT({ ...claims, aud: "else" }).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(secret)),
    ];
    for (const each of tampered) {
      assert.deepEqual(codeOf(await show(each)), invalid);
      assert.deepEqual(codeOf(await answer(each, { answer: { note: "x" } })), invalid);
    }
    const link = { taskId, id: "late", channel: "desk", tenant: "acme" };
    const address = await taskLinks.addressOf(link, new Date(Date.now() - 1_000));
    const expired = await answer(new URL(address).hash.slice(1), { answer: { note: "x" } });
    assert.deepEqual(codeOf(expired), gone);
    assert.match(String(expired.body["detail"]), /its time is over/);
    const rotated = createTaskLinks({ secrets: ["the next secret of 32 characters or so", secret], publicUrl });
    assert.equal((await rotated.read(token)).taskId, taskId);
  });

  test("no history has a token, also when a channel repeats it in its answer: neither that of the run nor that of a delivery", async () => {
    assert.ok(desk);
    let repeats = 0;
    desk.answer = (response, { body }) => {
      const { Answer } = (JSON.parse(body) as Told).data.links;
      if (Answer === undefined || repeats === 2) return void response.end("ok");
      repeats += 1;
      response.writeHead(503).end(`${new URL(Answer).hash} of ${Answer} can't be shown`);
    };
    const { workflowId, taskId, told } = await asked();
    await eventually("it is taken at last", async () => allToldOf(taskId).length === 3, { withinMs: 60_000 });
    await answer(tokenOf(told), { answer: { note: "done" } });
    await tasks.client.result(workflowId, { waitMs: 20_000 });
    let redacted = 0;
    for await (const run of tasks.rig.client.workflow.list()) {
      const handle = tasks.rig.client.workflow.getHandle(run.workflowId, run.runId);
      if (run.type === "tenutoAlertDelivery") await handle.result();
      const texts = JSON.stringify(await handle.fetchHistory(), (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString() : value,
      );
      assert.doesNotMatch(texts, /eyJhbGciOi/, run.workflowId);
      if (texts.includes("#[redacted] of ")) redacted += 1;
    }
    assert.equal(redacted, 1);
  });

  test("without a secret there are no links", async () => {
    assert.throws(() => createTaskLinks({ secrets: ["short"], publicUrl }), /got "secrets of 5 characters"/);
    assert.throws(() => createTaskLinks({ secrets: [secret], publicUrl: "tasks" }), /https:\/\/tasks\.example\.com/);
  });
});
