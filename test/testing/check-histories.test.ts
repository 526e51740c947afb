import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { checkHistories, HistoriesDiffer, type HistoryFixture } from "tenuto/testing";

// A replay that does not fit is what these tests make, and it is logged as an error.
Runtime.install({ logger: new DefaultLogger("ERROR", () => undefined) });

const shop = new URL("../../src/workflows/", import.meta.url);

describe("checking a recorded order against a deploy", () => {
  test("the input of a step was changed without a patch: the step is named, with both keys", async (t) => {
    const workflows = await deploy(t, "amountCents, card: order.card", "amountCents, card: order.card.trim() + ' '");
    const { problems } = await refusal(workflows);
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? "",
      /the step "payments\.chargeCard" \(event \d+\) has the idempotency key "[0-9a-f]{32}"/,
    );
  });

  test("a step was taken out without a patch: the run does not replay", async (t) => {
    const workflows = await deploy(
      t,
      "await post.sendReceipt({ orderId, customer: order.customer, amountCents });",
      "",
    );
    const { problems } = await refusal(workflows);
    assert.match(problems.join("\n"), /Run "order-[^"]+" of namespace "[^"]+" does not replay/);
  });

  test("code was changed and no step with it: nothing is told", async (t) => {
    const workflows = await deploy(t, "approvalNeededAboveCents = 50_000", "approvalNeededAboveCents = 60_000");
    assert.equal(await checkHistories({ workflows }, [await order()]), 1);
  });
});

async function refusal(workflows: string): Promise<HistoriesDiffer> {
  return checkHistories({ workflows }, [await order()]).then(
    () => assert.fail("nothing was told"),
    (error: unknown) => {
      assert.ok(error instanceof HistoriesDiffer);
      return error;
    },
  );
}

/** The shop's workflow with a part of its text replaced. */
async function deploy(t: TestContext, before: string, after: string): Promise<string> {
  // Inside the project, so that packages resolve as they do for its workflows.
  const directory = await mkdtemp(fileURLToPath(new URL("generated-", import.meta.url)));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const text = await readFile(new URL("fulfill-order.ts", shop), "utf8");
  assert.ok(text.includes(before));
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  const file = join(directory, "fulfill-order.ts");
  const imports = (code: string) =>
    code.replaceAll('"../activities/', `"${source}activities/`).replaceAll('"./', `"${source}workflows/`);
  await writeFile(file, imports(text.replace(before, after)));
  return file;
}

async function order(): Promise<HistoryFixture> {
  const file = new URL("../histories/ok.json", import.meta.url);
  return JSON.parse(await readFile(file, "utf8")) as HistoryFixture;
}
