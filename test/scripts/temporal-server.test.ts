import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { cachedServer, findTemporalServer, type ServerStep } from "../../scripts/temporal-server.mjs";
import { temporaryFolder } from "./temporary.ts";

const unavailable: ServerStep = async () => ({ reason: "not today" });

function fakeServer(path: string, version: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "temporal version 1.0.0 (Server ${version}, UI 2.50.1)"\n`);
  chmodSync(path, 0o755);
  return path;
}

test("TEMPORAL_CLI_PATH is used as it is", async (t) => {
  const folder = temporaryFolder(t);
  const given = fakeServer(join(folder, "given"), "1.2.3");
  fakeServer(join(folder, "bin", "temporal"), "1.31.2");

  const found = await findTemporalServer({
    env: { TEMPORAL_CLI_PATH: given, PATH: join(folder, "bin") },
    log: assert.fail,
  });

  assert.deepEqual(found, { path: given, source: "TEMPORAL_CLI_PATH" });
});

test("a TEMPORAL_CLI_PATH without a file is an error that names it", async (t) => {
  const missing = join(temporaryFolder(t), "missing");

  await assert.rejects(
    findTemporalServer({ env: { TEMPORAL_CLI_PATH: missing }, log: assert.fail }),
    (error: Error) => error.message.includes("TEMPORAL_CLI_PATH") && error.message.includes(missing),
  );
});

test("temporal on PATH comes before the cache", async (t) => {
  const folder = temporaryFolder(t);
  const env = { PATH: join(folder, "bin"), XDG_CACHE_HOME: folder };
  const onPath = fakeServer(join(folder, "bin", "temporal"), "1.31.2");
  fakeServer(cachedServer(env), "1.31.2");

  assert.deepEqual(await findTemporalServer({ env, log: assert.fail }), { path: onPath, source: "PATH" });
});

test("an old temporal on PATH is skipped with a notice, and the cache is used", async (t) => {
  const folder = temporaryFolder(t);
  const env = { PATH: join(folder, "bin"), XDG_CACHE_HOME: folder };
  fakeServer(join(folder, "bin", "temporal"), "1.30.9");
  const cached = fakeServer(cachedServer(env), "1.31.2");
  const notices: string[] = [];

  const found = await findTemporalServer({ env, log: (line) => notices.push(line) });

  assert.deepEqual(found, { path: cached, source: "cache" });
  assert.match(notices.join("\n"), /Skipped .*bin\/temporal: it has server 1\.30, and 1\.31 or newer is needed/);
});

test("the download comes before the build, and the build is the last resort", async (t) => {
  const env = { PATH: "", XDG_CACHE_HOME: temporaryFolder(t) };
  const gives: ServerStep = async ({ target }) => ({ path: target });
  const path = cachedServer(env);

  const downloaded = await findTemporalServer({ env, log: assert.fail, download: gives, build: unavailable });
  const built = await findTemporalServer({ env, log: assert.fail, download: unavailable, build: gives });

  assert.deepEqual(downloaded, { path, source: "download" });
  assert.deepEqual(built, { path, source: "build" });
});

test("with nothing available the error says what was tried and names every remedy", async (t) => {
  const env = { PATH: temporaryFolder(t), XDG_CACHE_HOME: temporaryFolder(t) };

  const error = await findTemporalServer({ env, log: assert.fail, download: unavailable }).then(
    () => assert.fail("a server was found"),
    (reason: unknown) => reason as Error,
  );

  for (const part of [
    /TEMPORAL_ADDRESS/,
    /set TEMPORAL_CLI_PATH/,
    /temporal on PATH: none/,
    /download by the Temporal SDK: not today/,
    /there is no go on PATH/,
    /install Go 1\.\d+/,
  ]) {
    assert.match(error.message, part);
  }
});
