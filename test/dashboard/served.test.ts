import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import express from "express";
import { dashboardPage } from "../../src/api/dashboard-page.ts";
import { dashboardRig } from "./fixtures/dashboard-rig.ts";

const mostBytes = 150 * 1024;

describe("what the dashboard is served as", () => {
  const rig = dashboardRig();

  test("the first load of the dashboard is at most 150 KB gzipped", async () => {
    const html = await (await fetch(`${rig.url}/dashboard`)).text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = ""]) => new URL(address, rig.url));
    assert.ok(files.length >= 3, html);
    const bodies = await Promise.all(files.map(async (file) => Buffer.from(await (await fetch(file)).arrayBuffer())));
    const bytes = [Buffer.from(html), ...bodies]
      .map((body) => gzipSync(body).length)
      .reduce((sum, each) => sum + each, 0);
    assert.ok(bytes <= mostBytes, `${bytes} bytes`);
  });

  test("every address below the dashboard answers the page, which may load its own files only", async () => {
    for (const place of ["", "/", "/runs", "/runs/order-1%2F2", "/nothing/here"]) {
      const answer = await fetch(`${rig.url}/dashboard${place}`);
      assert.equal(answer.status, 200, place);
      const policy = answer.headers.get("content-security-policy") ?? "";
      assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.doesNotMatch(await answer.text(), /<script>|<style|onclick|style="/);
    }
  });

  test("files with a hash in their name are kept for a year, and are not sent again", async () => {
    const html = await (await fetch(`${rig.url}/dashboard`)).text();
    const [, script = ""] = /src="([^"]+\.js)"/.exec(html) ?? [];
    const first = await fetch(new URL(script, rig.url));
    assert.equal(first.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.match(first.headers.get("content-type") ?? "", /^text\/javascript/);
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    assert.equal((await fetch(new URL(script, rig.url), { headers })).status, 304);
  });

  test("a file that the dashboard does not have is not found, also by a path that leads elsewhere", async () => {
    for (const name of ["missing.js", "..%2Findex.html", "..%2F..%2F..%2Fpackage.json"]) {
      const answer = await fetch(`${rig.url}/dashboard/assets/${name}`);
      assert.equal(answer.status, 404, name);
      assert.equal(((await answer.json()) as { readonly code: string }).code, "NOT_FOUND");
    }
  });
});

describe("a dashboard that is mounted somewhere", () => {
  const server = createServer(express().use("/tools/tenuto", dashboardPage()));
  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => void server.close());

  test("refers to its files from there", async () => {
    const { port } = server.address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    const html = await (await fetch(`${origin}/tools/tenuto/dashboard/runs/a`)).text();
    const [, script = ""] = /src="([^"]+\.js)"/.exec(html) ?? [];
    assert.match(script, /^\/tools\/tenuto\/dashboard\/assets\//);
    assert.equal((await fetch(origin + script)).status, 200);
  });
});
