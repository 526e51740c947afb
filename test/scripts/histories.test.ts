import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

describe("npm run histories", { timeout: 300_000 }, () => {
  test("all histories are there: each is kept as it is", async (t) => {
    const { folder, contents } = await copyOfHistories(t);
    const before = await contents();
    const { stdout } = await histories("--to", folder);
    assert.deepEqual(await contents(), before);
    assert.match(stdout, /^ok\.json: kept; --replace records it again$/m);
    assert.doesNotMatch(stdout, /events/);
  });

  test("one is missing: it alone is recorded", async (t) => {
    const { folder, contents } = await copyOfHistories(t);
    const before = await contents();
    await rm(join(folder, "histories", "ok.json"));
    await histories("shop", "--to", folder);
    const after = await contents();
    assert.deepEqual(changed(before, after), ["histories/ok.json"]);
    assert.deepEqual([...after.keys()], [...before.keys()]);
  });

  test("--replace with a name: that one is recorded anew, the others are kept", async (t) => {
    const { folder, contents } = await copyOfHistories(t);
    const before = await contents();
    await histories("ok", "--replace", "--to", folder);
    assert.deepEqual(changed(before, await contents()), ["histories/ok.json"]);
  });

  test("a name that is not there is refused, with those that are", async () => {
    await assert.rejects(histories("okay", "--replace"), /There is no path "okay"\. Ask for: shop, ok, /);
  });
});

async function histories(...args: readonly string[]) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return run(process.execPath, ["scripts/histories.mjs", ...args], { cwd: root, env });
}

async function copyOfHistories(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "tenuto-histories-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const folders = ["histories", "workflow/histories/incidents", "workflow/histories/tasks", "events/histories"];
  for (const each of folders) await cp(join(root, "test", each), join(folder, each), { recursive: true });
  const contents = async () => {
    const found = new Map<string, string>();
    for (const each of folders) {
      for (const file of (await readdir(join(folder, each))).filter((name) => name.endsWith(".json")))
        found.set(join(each, file), await readFile(join(folder, each, file), "utf8"));
    }
    return found;
  };
  return { folder, contents };
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...after.keys()].filter((file) => after.get(file) !== before.get(file));
}
