import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const root = fileURLToPath(new URL("../../", import.meta.url));

// These files exist in the table only, so the rules that need types can't run on them.
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked });

/** Which of our rules object to the code, if it stood in the file. */
async function objections(file: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${root}${file}` });
  assert.ok(result, `${file} is not linted`);
  const ours = /^(tenuto\/|no-restricted-|no-extend-native|import-x\/no-default-export|no-proto)/;
  const broken = result.messages.filter(({ fatal, severity }) => fatal === true || severity < 2);
  assert.deepEqual(broken, [], `${file} is not linted as it should be`);
  return result.messages.flatMap(({ ruleId }) => (ruleId !== null && ours.test(ruleId) ? [ruleId] : []));
}

type Verdict = "may" | "may not";

/** [file, may it, import]. A bare module stands for `import { a } from "module"`. */
const imports: readonly (readonly [string, Verdict, string])[] = [
  ["src/sdk/core/a.ts", "may", "./errors/b.ts"],
  ["src/sdk/core/errors/a.ts", "may", "../b.ts"],
  ["src/sdk/core/a.ts", "may", "@noble/hashes/sha2.js"],
  ["src/sdk/core/a.ts", "may", "canonicalize"],
  ["src/sdk/core/a.ts", "may", 'import type { z } from "zod";'],
  ["src/sdk/core/a.ts", "may not", "zod"],
  ["src/sdk/core/a.ts", "may not", 'import { type z } from "zod";'],
  ["src/sdk/core/a.ts", "may not", "node:crypto"],
  ["src/sdk/core/a.ts", "may not", 'import type { Readable } from "node:stream";'],
  ["src/sdk/core/a.ts", "may not", "@temporalio/common"],
  ["src/sdk/core/a.ts", "may not", 'import type { Duration } from "@temporalio/common";'],
  ["src/sdk/core/a.ts", "may not", "express"],
  ["src/sdk/core/a.ts", "may not", "../workflow/saga.ts"],
  ["src/sdk/core/a.ts", "may not", "../../api/index.ts"],
  ["src/sdk/core/a.ts", "may not", "tenuto"],
  ["src/sdk/core/a.ts", "may not", 'export { a } from "../client/b.ts";'],
  ["src/sdk/core/a.ts", "may not", 'export * from "../client/b.ts";'],
  ["src/sdk/core/a.ts", "may not", 'export const a = await import("../client/b.ts");'],
  ["src/sdk/core/a.ts", "may not", 'export type A = import("../client/b.ts").A;'],

  ["src/sdk/workflow/a.ts", "may", "../core/b.ts"],
  ["src/sdk/workflow/system/a.ts", "may", "../saga.ts"],
  ["src/sdk/workflow/a.ts", "may", "@temporalio/workflow"],
  ["src/sdk/workflow/a.ts", "may", 'import type { Payload } from "@temporalio/common";'],
  ["src/sdk/workflow/a.ts", "may", "@temporalio/common"],
  ["src/sdk/workflow/a.ts", "may not", "@temporalio/client"],
  ["src/sdk/workflow/a.ts", "may not", "@temporalio/activity"],
  ["src/sdk/workflow/a.ts", "may not", "node:crypto"],
  ["src/sdk/workflow/a.ts", "may not", "zod"],
  ["src/sdk/workflow/a.ts", "may not", "../activity/b.ts"],

  ["src/workflows/a.ts", "may", "tenuto"],
  ["src/workflows/a.ts", "may", "tenuto/workflow"],
  ["src/workflows/a.ts", "may", "./b.contract.ts"],
  ["src/workflows/orders/a.ts", "may", "../b.ts"],
  ["src/workflows/a.ts", "may", "../activities/b.contract.ts"],
  ["src/workflows/a.ts", "may", 'import type { B } from "../activities/b.ts";'],
  ["src/workflows/a.ts", "may not", "../activities/b.ts"],
  ["src/workflows/a.ts", "may not", "@temporalio/workflow"],
  ["src/workflows/a.ts", "may not", 'import type { Duration } from "@temporalio/common";'],
  ["src/workflows/a.ts", "may not", "node:crypto"],
  ["src/workflows/a.ts", "may not", "zod"],
  ["src/workflows/a.ts", "may not", "tenuto/client"],
  ["src/workflows/a.ts", "may not", "tenuto/activity"],
  ["src/workflows/a.ts", "may not", "../sdk/core/b.ts"],
  ["src/workflows/a.contract.ts", "may", "zod"],
  ["src/workflows/a.contract.ts", "may", "tenuto"],
  ["src/workflows/a.contract.ts", "may", "../activities/b.contract.ts"],
  ["src/workflows/a.contract.ts", "may not", "./b.ts"],
  ["src/workflows/a.contract.ts", "may not", "tenuto/workflow"],

  ["src/activities/a.ts", "may", "tenuto"],
  ["src/activities/a.ts", "may", "tenuto/activity"],
  ["src/activities/a.ts", "may", "zod"],
  ["src/activities/a.ts", "may", "node:fs/promises"],
  ["src/activities/a.ts", "may", "./a.contract.ts"],
  ["src/activities/a.ts", "may not", "tenuto/workflow"],
  ["src/activities/a.ts", "may not", "tenuto/client"],
  ["src/activities/a.ts", "may not", "tenuto/api"],
  ["src/activities/a.ts", "may not", "../workflows/b.ts"],
  ["src/activities/a.ts", "may not", "../api/index.ts"],
  ["src/activities/a.ts", "may not", "../sdk/activity/index.ts"],
  ["src/activities/a.contract.ts", "may", "zod"],
  ["src/activities/a.contract.ts", "may not", "node:crypto"],
  ["src/activities/a.contract.ts", "may not", "./a.ts"],

  ["src/sdk/activity/a.ts", "may", "../core/b.ts"],
  ["src/sdk/activity/a.ts", "may", "@temporalio/activity"],
  ["src/sdk/activity/a.ts", "may not", "../worker/b.ts"],
  ["src/sdk/activity/a.ts", "may not", "../workflow/b.ts"],
  ["src/sdk/worker/a.ts", "may", "../activity/b.ts"],
  ["src/sdk/worker/a.ts", "may", "../client/b.ts"],
  ["src/sdk/worker/a.ts", "may not", "../../bin/environment.ts"],
  ["src/sdk/worker/a.ts", "may not", "../../events/index.ts"],
  ["src/sdk/client/a.ts", "may", "../core/b.ts"],
  ["src/sdk/client/a.ts", "may", "@temporalio/client"],
  ["src/sdk/client/a.ts", "may not", "../worker/b.ts"],
  ["src/sdk/client/a.ts", "may not", "../activity/b.ts"],
  ["src/sdk/client/a.ts", "may not", "../../api/index.ts"],
  ["src/sdk/tracing/a.ts", "may", 'export const a = await import("@opentelemetry/api");'],
  ["src/sdk/tracing/a.ts", "may not", "../client/b.ts"],
  ["src/sdk/client/a.ts", "may not", "@opentelemetry/api"],
  ["src/sdk/workflow/a.ts", "may not", "@opentelemetry/api"],
  ["src/sdk/testing/a.ts", "may", "../worker/b.ts"],
  ["src/sdk/testing/a.ts", "may not", "../../cli/main.ts"],

  ["src/api/a.ts", "may", "tenuto"],
  ["src/api/handlers/a.ts", "may", "tenuto/client"],
  ["src/api/handlers/a.ts", "may", "../problem.ts"],
  ["src/api/a.ts", "may", "express"],
  ["src/api/a.ts", "may not", "../sdk/client/b.ts"],
  ["src/api/a.ts", "may not", "../events/b.ts"],
  ["src/api/a.ts", "may not", "../cli/b.ts"],
  ["src/api/a.ts", "may not", "../app.ts"],
  ["src/api/a.ts", "may not", "tenuto/worker"],
  ["src/api/a.ts", "may not", "tenuto/workflow"],
  ["src/api/a.ts", "may not", "@temporalio/client"],
  ["src/events/a.ts", "may", "tenuto/client"],
  ["src/events/a.ts", "may not", "tenuto/api"],
  ["src/events/a.ts", "may not", "../sdk/core/b.ts"],
  ["src/cli/a.ts", "may", "tenuto"],
  ["src/cli/a.ts", "may", "commander"],
  ["src/cli/a.ts", "may", 'import type { DeadLetter } from "tenuto/client";'],
  ["src/cli/a.ts", "may not", "tenuto/client"],
  ["src/cli/a.ts", "may not", "@temporalio/client"],
  ["src/cli/a.ts", "may not", "tenuto/api"],
  ["src/cli/a.ts", "may not", "../bin/environment.ts"],
  ["src/dashboard/a.ts", "may", "./b.ts"],
  ["src/dashboard/runs/a.tsx", "may", "preact/hooks"],
  ["src/dashboard/runs/a.tsx", "may", 'import type { Task } from "tenuto/client";'],
  ["src/dashboard/runs/a.tsx", "may not", "tenuto/client"],
  ["src/dashboard/runs/a.tsx", "may not", "zod"],
  ["src/dashboard/a.ts", "may not", "tenuto"],
  ["src/dashboard/a.ts", "may not", "../api/schemas.ts"],

  ["src/sandbox/a.ts", "may", "express"],
  ["src/sandbox/a.ts", "may not", "tenuto"],
  ["src/sandbox/a.ts", "may not", "../api/index.ts"],
  ["src/dev/a.ts", "may", "../bin/environment.ts"],
  ["src/dev/a.ts", "may not", "../bin/worker.ts"],
  ["src/dev/a.ts", "may not", "../sdk/worker/b.ts"],
  ["src/dev/a.ts", "may not", "tenuto/api"],

  ["src/app.ts", "may", "tenuto"],
  ["src/app.ts", "may", "./workflows/a.contract.ts"],
  ["src/app.ts", "may", "./activities/a.contract.ts"],
  ["src/app.ts", "may not", "./activities/a.ts"],
  ["src/app.ts", "may not", "./sdk/core/index.ts"],
  ["src/app.ts", "may not", "node:path"],
  ["src/bin/a.ts", "may", "./environment.ts"],
  ["src/bin/a.ts", "may", "../app.ts"],
  ["src/bin/a.ts", "may", "../activities/b.ts"],
  ["src/bin/a.ts", "may", "../cli/main.ts"],
  ["src/bin/a.ts", "may", "tenuto/worker"],
  ["src/bin/a.ts", "may not", "../sdk/worker/index.ts"],
  ["src/bin/a.ts", "may not", "../api/index.ts"],
  ["src/bin/a.ts", "may not", "../dev/run-dev.ts"],
  ["src/bin/a.ts", "may not", "../workflows/index.ts"],
  ["src/bin/dev.ts", "may", "../dev/run-dev.ts"],

  ["src/elsewhere/a.ts", "may not", "./b.ts"],
  ["test/api/a.test.ts", "may", "../../src/api/b.ts"],
  ["bench/a.bench.ts", "may", "../src/bin/environment.ts"],
];

for (const [file, verdict, imported] of imports) {
  test(`${file} ${verdict} import ${imported}`, async () => {
    const code = imported.includes(" ") ? imported : `import { a } from ${JSON.stringify(imported)};\na();`;

    assert.deepEqual(await objections(file, code), verdict === "may" ? [] : ["tenuto/zones"]);
  });
}

/** [file, code, the rule that objects]. */
const habits: readonly (readonly [string, string, ...string[]])[] = [
  ["src/api/a.ts", "export const port = process.env['PORT'];", "no-restricted-properties"],
  ["src/api/a.ts", "export const { PORT } = process.env;", "no-restricted-properties"],
  ["src/dev/a.ts", "export const { env } = process;", "no-restricted-properties"],
  ["src/bin/a.ts", "export const port = process.env['PORT'];"],
  ["test/a.test.ts", "export const port = process.env['PORT'];"],
  ["scripts/a.mjs", "export const port = process.env.PORT;"],

  ["src/workflows/a.ts", "setInterval(() => undefined, 1);", "no-restricted-globals"],
  ["src/workflows/a.ts", "export const a = process.pid;", "no-restricted-globals"],
  ["src/sdk/workflow/a.ts", "await fetch('http://localhost');", "no-restricted-globals"],
  ["src/sdk/workflow/a.ts", "export const a = globalThis.process.pid;", "no-restricted-globals"],
  ["src/sdk/workflow/a.ts", "globalThis.cache = new Map();", "no-restricted-syntax"],
  ["src/sdk/workflow/a.ts", "Object.assign(globalThis, { a: 1 });", "no-restricted-syntax"],
  ["src/workflows/a.ts", "export const a = [Date.now(), new Date(), Math.random(), setTimeout(() => undefined, 1)];"],
  ["src/sdk/core/a.ts", "export const a = () => Date.now();", "no-restricted-syntax"],
  ["src/sdk/core/a.ts", "export const a = () => new Date();", "no-restricted-syntax"],
  ["src/sdk/core/a.ts", "export const a = () => Math.random();", "no-restricted-syntax"],
  ["src/sdk/core/a.ts", "export const a = (at: string) => new Date(at);"],

  ["src/api/a.ts", "Object.prototype.a = 1;", "no-extend-native"],
  [
    "src/api/a.ts",
    "Object.defineProperty(Array.prototype, 'a', { value: 1 });",
    "no-extend-native",
    "no-restricted-syntax",
  ],
  ["src/api/a.ts", "Object.assign(Promise.prototype, { a: 1 });", "no-restricted-syntax"],
  ["src/api/a.ts", "JSON.stringify = () => '';", "no-restricted-syntax"],
  ["src/api/a.ts", "export enum A { B }", "no-restricted-syntax"],
  ["src/api/a.ts", "export default 1;", "import-x/no-default-export"],
  ["src/api/a.ts", "const a = 1; export { a as default };", "import-x/no-default-export"],
];

for (const [file, code, ...rules] of habits) {
  test(`${file}: ${code} is ${rules.length > 0 ? "an error" : "fine"}`, async () => {
    assert.deepEqual((await objections(file, code)).toSorted(), rules);
  });
}

test("the message names the zone, the import and what is allowed", async () => {
  const [result] = await eslint.lintText('import "node:fs";', { filePath: `${root}src/sdk/core/a.ts` });

  assert.equal(
    result?.messages[0]?.message,
    'The zone src/sdk/core/** may not import "node:fs". It may import src/sdk/core/**, @noble/hashes/**, canonicalize; ' +
      'with "import type" also zod. See "Zones" in CONTRIBUTING.md.',
  );
});
