import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test, type TestContext } from "node:test";
import { defineApp, defineWorkflow } from "tenuto";
import { bundleWorkflows, createWorker, WorkflowBuildFailed } from "tenuto/worker";
import { z } from "zod";

// Inside the project, so that packages resolve as they do for its workflows.
const here = fileURLToPath(new URL(".", import.meta.url));

async function workflowFile(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(here, "generated-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return join(directory, "workflows.ts");
}

function refusal(bundling: Promise<unknown>): Promise<WorkflowBuildFailed> {
  return bundling.then(
    () => assert.fail("it built"),
    (error: unknown) => {
      assert.ok(error instanceof WorkflowBuildFailed);
      return error;
    },
  );
}

describe("bundling workflow code", () => {
  test("a syntax error is told with its file and line", async (t) => {
    const path = await workflowFile(t, {
      "workflows.ts": "export async function broken() {\n  const nothing = ;\n}\n",
    });
    const { message } = await refusal(bundleWorkflows(path));
    assert.match(message, /workflows\.ts:2/);
  });

  test("zod imported outside a contract is refused, naming the file and what to do", async (t) => {
    const path = await workflowFile(t, {
      "workflows.ts":
        'import { z } from "zod";\nexport const parses = async (input: unknown) => z.string().parse(input);\n',
    });
    const { message } = await refusal(bundleWorkflows(path));
    assert.match(message, /workflows\.ts/);
    assert.match(message, /\*\.contract\.ts/);
  });

  test("a contract's schemas are inert in the bundle: zod itself is not in it", async (t) => {
    const contract =
      'import { defineWorkflow } from "tenuto";\nimport * as z from "zod";\n' +
      'export const c = defineWorkflow("c", { input: z.object({ a: z.string().min(1) }), output: z.email() });\n';
    const path = await workflowFile(t, {
      "c.contract.ts": contract,
      "workflows.ts": 'import { c as contract } from "./c.contract.ts";\nexport const c = async () => contract.name;\n',
    });
    const { code } = await bundleWorkflows(path);
    assert.ok(code.includes("inert-zod"));
    assert.ok(!code.includes("node_modules/zod"));
  });

  test("a bundle tells what its workflows file exports, also what it passes on; types are not among it", async (t) => {
    const path = await workflowFile(t, {
      "one.ts": "export type Input = string;\nexport async function one() {}\n",
      "workflows.ts": 'export * from "./one.ts";\nexport const two = async () => undefined;\nexport type Three = 3;\n',
    });
    const { workflows } = await bundleWorkflows(path);
    assert.deepEqual([...(workflows?.names ?? [])].sort(), ["one", "two"]);
    assert.equal(workflows?.path, path);
  });
});

describe("workflow functions are bound to their contracts by name", () => {
  const contract = (name: string) => defineWorkflow(name, { input: z.string(), output: z.string() });
  const made = async (path: string, names: readonly string[]) =>
    createWorker({
      app: defineApp({ name: "app", workflows: names.map(contract), activities: [] }),
      workflows: await bundleWorkflows(path),
      activities: [],
    });

  test("a contract without a function stops the worker, naming the file", async (t) => {
    const path = await workflowFile(t, { "workflows.ts": "export async function one() {}\n" });
    await assert.rejects(made(path, ["one", "two"]), ({ name, message }: Error) => {
      assert.equal(name, "InvalidDefinition");
      assert.ok(message.includes(path));
      assert.match(message, /Export an async function "two"/);
      return true;
    });
  });

  test("a function without a contract stops the worker, naming the file", async (t) => {
    const path = await workflowFile(t, {
      "workflows.ts": "export async function one() {}\nexport async function two() {}\n",
    });
    await assert.rejects(made(path, ["one"]), ({ name, message }: Error) => {
      assert.equal(name, "InvalidDefinition");
      assert.ok(message.includes(path));
      assert.match(message, /contract of "two" to `workflows` of defineApp/);
      return true;
    });
  });
});
