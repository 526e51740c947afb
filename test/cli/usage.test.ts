// What needs no API: the command line, the settings, and an API that is away or is none.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { test, type TestContext } from "node:test";
import { runCli } from "../../src/cli/main.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { tenuto } from "./fixtures/tenuto-command.ts";

test("help is on stdout, names the commands and the exit codes, and ends with 0", async () => {
  const [help, bare, group, command] = await Promise.all([
    tenuto(["--help"]),
    tenuto([]),
    tenuto(["dead-letters"]),
    tenuto(["batch", "start", "--help"]),
  ]);

  for (const { code, stderr, stdout } of [help, bare, group, command]) {
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Usage: tenuto /);
  }
  assert.equal(bare.stdout, help.stdout);
  assert.match(help.stdout, /dead-letters .*\n +batch [^]*TENUTO_API_KEY[^]*Exit codes:\n +0 +done/);
  assert.match(group.stdout, /list [^]*show <id>[^]*redrive [^]*discard [^]*note <id> <text>[^]*/);
});

/** [what is wrong, the arguments, what stderr says]. */
const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
  [
    "an unknown command",
    ["dead-letters", "lits"],
    /^Error: Unknown command 'lits'\n\(Did you mean list\?\) See --help\.\n$/,
  ],
  ["an unknown option", ["dead-letters", "list", "--stat", "open"], /Unknown option '--stat'/],
  ["a key as an option", ["--api-key", "secret", "dead-letters", "list"], /Unknown option '--api-key'/],
  ["a kind that is none", ["dead-letters", "list", "--kind", "odd"], /'odd' is invalid.*parked, failed/],
  [
    "a time that is none",
    ["dead-letters", "list", "--since", "yesterday"],
    /'yesterday' is invalid.*2h for two hours ago/,
  ],
  ["a day that is none", ["dead-letters", "list", "--until", "2026-02-99"], /'2026-02-99' is invalid/],
  ["a limit of 0", ["dead-letters", "list", "--limit", "0"], /whole number from 1/],
  ["no id", ["dead-letters", "show"], /Missing required argument 'id'/],
  ["an id that leads elsewhere", ["dead-letters", "show", ".."], /'\.\.' is invalid/],
  ["nothing that is chosen", ["dead-letters", "redrive", "--reason", "r"], /Say which dead letters/],
  ["no reason", ["dead-letters", "redrive", "abc"], /Say why by --reason/],
  ["a reason that says nothing", ["dead-letters", "discard", "abc", "--reason", " "], /Give a text/],
  ["ids and conditions", ["dead-letters", "discard", "abc", "--type", "t", "--reason", "r"], /not both/],
  ["a mode that is none", ["dead-letters", "redrive", "abc", "--mode", "again", "--reason", "r"], /'again' is invalid/],
  ["input that is no JSON", ["dead-letters", "redrive", "a", "--input", "{", "--reason", "r"], /--input is no JSON/],
  ["a file that is not there", ["dead-letters", "redrive", "a", "--input", "@none", "--reason", "r"], /"none".*ENOENT/],
  ["input for many", ["dead-letters", "redrive", "a", "b", "--input", "1", "--reason", "r"], /one dead letter only/],
  ["a batch of nothing", ["batch", "start", "cancel", "--reason", "r"], /Say what it is about/],
  ["an action that is none", ["batch", "start", "pause", "--all", "--reason", "r"], /'pause' is invalid/],
  [
    "a condition of other things",
    ["batch", "start", "cancel", "--step", "s", "--reason", "r"],
    /takes no --step; it takes --type/,
  ],
  ["a signal without its name", ["batch", "start", "signal", "--all", "--reason", "r"], /--signal/],
  ["a URL that is none", ["--url", "localhost", "dead-letters", "list"], /URL can't be used: got "localhost"/],
  ["a URL with a password", ["--url", "http://a:secret@h", "dead-letters", "list"], /can't have credentials/],
];

test("wrong usage ends with 2, says what is wrong, and prints no secret", async (t) => {
  for (const [what, args, says] of wrong) {
    await t.test(what, async () => {
      const { code, stdout, stderr } = await inThisProcess(args);

      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^Error: /);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /secret/);
    });
  }
});

/** Begins at once, where the process itself is no matter. */
async function inThisProcess(args: readonly string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const host = {
    stdin,
    stdout,
    stderr,
    version: "0.0.0",
    url: undefined,
    apiKey: undefined,
    columns: undefined,
    variables: {},
  };
  const code = await runCli(args, host);
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

test("wrong usage is JSON with --json", async () => {
  const { code, stdout, stderr } = await tenuto(["dead-letters", "list", "--json", "--limit", "x"]);

  const problem = JSON.parse(stderr) as Readonly<Record<string, string>>;
  assert.deepEqual([code, stdout, problem["code"]], [2, "", "USAGE"]);
  assert.match(problem["detail"] ?? "", /--limit/);
});

test("a key that can't be sent is not printed", async () => {
  const env = { TENUTO_API_KEY: "secret\nkey" };
  const { code, stderr } = await tenuto(["dead-letters", "list"], { env });

  assert.equal(code, 2);
  assert.match(stderr, /TENUTO_API_KEY can't be used/);
  assert.doesNotMatch(stderr, /secret/);
});

test("an API that is away ends with 1, after a few attempts, and says where it was looked for", async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = ["dead-letters", "list", "--url", url];

  const [people, json] = await Promise.all([tenuto(args), tenuto([...args, "--json"])]);

  assert.deepEqual([people.code, people.stdout, json.code], [1, "", 1]);
  assert.equal(
    people.stderr,
    `Error: The API at "${url}" did not answer in 4 attempts: nothing listens there.\n` +
      "Check that it runs, and where: --url or TENUTO_URL.\n",
  );
  assert.equal((JSON.parse(json.stderr) as { code: string }).code, "API_UNREACHABLE");
});

/** Something that is not Tenuto's API; what it was asked. */
async function startServer(t: TestContext, answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("what is not Tenuto's API is told, and a redirect is named and not followed", async (t) => {
  const page = await startServer(t, (_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("hi"),
  );
  const moved = await startServer(t, (_, response) =>
    response.writeHead(301, { location: "https://elsewhere.example/" }).end(),
  );

  const [onPage, onMoved] = await Promise.all(
    [page, moved].map(({ url }) => tenuto(["dead-letters", "list", "--url", `${url}/under/`])),
  );

  assert.deepEqual([onPage?.code, onMoved?.code], [1, 1]);
  assert.match(onPage?.stderr ?? "", /does not answer as Tenuto's API: status 200, text\/html/);
  assert.match(onMoved?.stderr ?? "", /status 301, a redirect to "https:\/\/elsewhere\.example\/"/);
  assert.deepEqual(page.asked, ["GET /under/v1/dead-letters?limit=50"]);
});

test("a list is asked for again after a 503 that passes; a discard whose answer is lost is not sent again", async (t) => {
  const busy = { status: 503, code: "TEMPORAL_UNAVAILABLE", title: "Service Unavailable", detail: "away" };
  let lists = 0;
  const server = await startServer(t, (request, response) => {
    if (request.method === "POST") {
      request.socket.destroy();
      return;
    }
    lists += 1;
    const json = { "content-type": "application/json", "retry-after": "0" };
    if (lists === 1) response.writeHead(503, json).end(JSON.stringify(busy));
    else response.writeHead(200, json).end('{"items":[],"nextCursor":null}');
  });

  const list = await tenuto(["dead-letters", "list", "--url", server.url, "--json"]);
  const discard = await tenuto(["dead-letters", "discard", "abc", "--reason", "r", "--url", server.url]);

  assert.equal(list.code, 0);
  assert.deepEqual(JSON.parse(list.stdout), { items: [], nextCursor: null });
  assert.equal(discard.code, 1);
  assert.match(discard.stderr, /It may have been done nevertheless: look before you try again\.\n$/);
  assert.deepEqual(server.asked, [
    ...["GET /v1/dead-letters?limit=50", "GET /v1/dead-letters?limit=50"],
    "POST /v1/dead-letters/abc/discard",
  ]);
});
