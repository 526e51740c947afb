/**
 * What a user gets: the package is built, packed and installed into an empty folder, where nothing of the repository
 * can be found by accident, and used from there.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Client, Connection } from "@temporalio/client";
import { defaultPayloadConverter } from "@temporalio/common";
import proto from "@temporalio/proto";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { installPackage, type InstalledPackage } from "./installed-package.ts";

const address = process.env["TENUTO_TEST_TEMPORAL_ADDRESS"] ?? "127.0.0.1:7233";
const { EventType } = proto.temporal.api.enums.v1;

let installed: InstalledPackage;
before(async () => {
  installed = await installPackage();
});
after(() => {
  installed.remove();
});

test("the package holds no shop, no tests and nothing that runs only in the repository", () => {
  const own = /^(dist|src)\/(app\.|(activities|bin(?!\/tenuto\.)|dev|sandbox|workflows)\/)/;
  const repository = /^(bench|deploy|docs|scripts|server|test)\/|\.(test|bench)\./;

  assert.ok(installed.files.includes("dist/sdk/core/index.js"));
  assert.deepEqual(
    installed.files.filter((file) => own.test(file) || repository.test(file)),
    [],
  );
});

test("npx runs the package's command tenuto", async () => {
  const help = await installed.npx(["tenuto", "--help"]);
  const version = await installed.npx(["tenuto", "--version"]);
  const wrong = await installed.npx(["tenuto", "dead-letters", "show"]).catch(String);

  assert.match(help, /^Usage: tenuto /);
  assert.equal(version.trim(), installed.manifest.version);
  assert.match(wrong, /Missing required argument 'id'/);
});

test("publint finds nothing wrong with the package", async () => {
  const { messages, pkg } = await publint({ pkgDir: installed.path, pack: false });

  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

test("every entry point of the package can be imported", async () => {
  const { name, exports } = installed.manifest;
  const entryPoints = Object.keys(exports).filter((path) => !path.endsWith(".json"));
  const specifiers = entryPoints.map((path) => name + path.slice(1));

  const script = `
    for (const specifier of ${JSON.stringify(specifiers)}) {
      const names = await import(specifier).then(Object.keys, (error) => error.message);
      console.log(JSON.stringify([specifier, names]));
    }`;
  const lines = await installed.node(["--input-type=module", "--eval", script]);
  const imported = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as [string, readonly string[] | string]);

  const broken = imported.filter(([, names]) => typeof names === "string" || names.length === 0);
  assert.deepEqual(broken, []);
  assert.equal(imported.length, specifiers.length);
});

test("an app of three files runs a workflow and fetches its history as JSON", async (t) => {
  installed.addThreeFileApp(`greeter-${randomUUID()}`);

  const printed = await installed.node(["start.js"], { TEMPORAL_ADDRESS: address });
  const { workflowId, status, result, history } = JSON.parse(printed) as {
    readonly workflowId: string;
    readonly status: string;
    readonly result: string;
    readonly history: readonly { readonly eventType: string }[];
  };

  assert.deepEqual({ status, result }, { status: "completed", result: "Hello, World!" });
  const { events } = await (await temporalClient(t)).workflow.getHandle(workflowId).fetchHistory();
  const typeOf = ({ eventType }: { readonly eventType?: number | null }) => EventType[eventType ?? 0];
  const ofType = (type: keyof typeof EventType) => events?.filter((event) => typeOf(event) === type) ?? [];
  const [composed] = ofType("EVENT_TYPE_ACTIVITY_TASK_COMPLETED");
  const [ended] = ofType("EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED");
  assert.equal(valueOf(composed?.activityTaskCompletedEventAttributes?.result), "Hello, World!");
  assert.equal(valueOf(ended?.workflowExecutionCompletedEventAttributes?.result), "Hello, World!");
  assert.deepEqual(
    history.map(({ eventType }) => eventType),
    events?.map(typeOf),
  );
});

test("the package's API serves the dashboard with all of its files", async () => {
  const script = `
    import { defineApp } from "tenuto";
    import { createApi, listenApi } from "tenuto/api";
    import { createClient } from "tenuto/client";
    const app = defineApp({ name: "shop", workflows: [], activities: [] });
    const client = await createClient(app);
    const api = await listenApi(createApi({ client, app }), { host: "127.0.0.1", port: 0 });
    const page = await fetch(api.url + "/dashboard/runs");
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file);
    const statuses = await Promise.all(files.map(async (file) => (await fetch(new URL(file, api.url))).status));
    console.log(JSON.stringify({ status: page.status, statuses }));
    await api.close();
    await client.close();`;
  const printed = await installed.node(["--input-type=module", "--eval", script], { TEMPORAL_ADDRESS: address });

  assert.deepEqual(JSON.parse(printed), { status: 200, statuses: [200, 200, 200] });
});

test("Temporal's own historyToJSON works beside the package", async (t) => {
  const { workflow } = await temporalClient(t);
  const workflowId = randomUUID();
  await workflow.start("unknown", { workflowId, taskQueue: workflowId, workflowExecutionTimeout: "1m" });

  const script = `
    import { Client, Connection } from "@temporalio/client";
    import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
    const connection = await Connection.connect({ address: process.argv[1] });
    const history = await new Client({ connection }).workflow.getHandle(process.argv[2]).fetchHistory();
    console.log(historyToJSON(history));
    await connection.close();`;
  const printed = await installed.node(["--input-type=module", "--eval", script, address, workflowId]);

  const { events } = JSON.parse(printed) as { readonly events: readonly { readonly eventType: string }[] };
  assert.equal(events[0]?.eventType, "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED");
});

async function temporalClient(t: { after(close: () => Promise<void>): void }): Promise<Client> {
  const connection = await Connection.connect({ address });
  t.after(() => connection.close());
  return new Client({ connection });
}

function valueOf(payloads: proto.temporal.api.common.v1.IPayloads | null | undefined): unknown {
  const [payload] = payloads?.payloads ?? [];
  return payload && defaultPayloadConverter.fromPayload(payload);
}
