import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import type { DeadLetter, DeadLetterDetails, DeadLetterPage, Redrive } from "tenuto/client";
import { widthOf } from "../../src/cli/text-width.ts";
import { parcelRig } from "./fixtures/parcel-rig.ts";

/** Text that would clear a screen, set a title, ring, and turn itself round. */
const hostile = "\u001b[2J\u001b]0;owned\u0007 no box\r\nfor 包裹 \u202eevil 🎁\u009b31m";

describe("tenuto dead-letters", () => {
  const rig = parcelRig();
  let parked: DeadLetter;
  let failed: DeadLetter;
  let odd: DeadLetter;
  before(async () => {
    // Before there are any.
    const none = await rig.tenuto(["dead-letters", "list"]);
    assert.deepEqual(none, { stdout: "", stderr: "There are no dead letters.\n", code: 0 });
    [parked, failed, odd] = await Promise.all([
      rig.fail("no box for it"),
      rig.fail("no van", "send"),
      rig.fail(hostile, "send"),
    ]);
  });

  describe("list", () => {
    test("shows one line each, without colours, and all of it where the output is no terminal", async () => {
      const { stdout, stderr, code } = await rig.tenuto(["dead-letters", "list", "--type", "deliver"]);

      const lines = stdout.trimEnd().split("\n");
      assert.deepEqual([code, stderr, lines.length], [0, "", 4]);
      assert.match(lines[0] ?? "", /^ID +AGE +KIND +WORKFLOW +TYPE +STEP +ERROR$/);
      const line = lines.find((each) => each.startsWith(parked.id)) ?? "";
      const [id, age, ...others] = line.split(/ {2,}/);
      assert.deepEqual(
        [id, ...others],
        [parked.id, "parked", parked.workflowId, "deliver", "parcels.pack", "Broken: no box for it"],
      );
      assert.match(age ?? "", /^\d+[smh]$/);
    });

    test("fits 80 columns, with whole ids", async () => {
      const { stdout } = await rig.tenuto(["dead-letters", "list"], { columns: 80 });

      const lines = stdout.trimEnd().split("\n");
      assert.equal(lines.length, 4);
      for (const line of lines) assert.ok(widthOf(line) <= 80, line);
      for (const { id } of [parked, failed, odd]) assert.ok(stdout.includes(`${id}  `));
    });

    test("lets no control character of an error out, neither in the table nor in JSON", async () => {
      const table = await rig.tenuto(["dead-letters", "list"]);
      const json = await rig.tenuto(["dead-letters", "list", "--json"]);
      const shown = await rig.tenuto(["dead-letters", "show", odd.id]);

      for (const { stdout, code } of [table, json, shown]) {
        assert.equal(code, 0);
        assert.doesNotMatch(stdout, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
      }
      assert.ok(
        table.stdout.includes("Broken: \\x1b[2J\\x1b]0;owned\\x07 no box for 包裹 \\u202eevil 🎁\\x9b31m"),
        table.stdout,
      );
      const { items } = JSON.parse(json.stdout) as DeadLetterPage;
      assert.equal(items.find(({ id }) => id === odd.id)?.error.message, hostile);
    });

    test("takes the API's filters, and says in words that nothing fits", async () => {
      const listed = async (...filter: readonly string[]) => {
        const { stdout } = await rig.tenuto(["dead-letters", "list", "--json", ...filter]);
        return (JSON.parse(stdout) as DeadLetterPage).items.map(({ id }) => id);
      };
      const [byKind, byStep, byFingerprint, sinceThen, untilThen] = await Promise.all([
        listed("--kind", "parked"),
        listed("--step", "parcels.pack", "--type", "deliver", "--status", "open"),
        listed("--fingerprint", failed.fingerprint),
        listed("--since", "1d"),
        listed("--until", "2020-01-31"),
      ]);
      const nothing = await rig.tenuto(["dead-letters", "list", "--type", "nothing"]);

      assert.deepEqual([byKind, byStep, byFingerprint], [[parked.id], [parked.id], [failed.id]]);
      assert.deepEqual([sinceThen.length, untilThen], [3, []]);
      assert.deepEqual(nothing, { stdout: "", stderr: "No dead letters fit these conditions.\n", code: 0 });
    });

    test("ends at the limit, says so, and goes on from the cursor", async () => {
      const people = await rig.tenuto(["dead-letters", "list", "--limit", "2"]);
      const first = await rig.tenuto(["dead-letters", "list", "--limit", "2", "--json"]);
      const page = JSON.parse(first.stdout) as DeadLetterPage;
      const rest = await rig.tenuto(["dead-letters", "list", "--json", "--cursor", page.nextCursor ?? ""]);

      assert.equal(people.stdout.trimEnd().split("\n").length, 3);
      assert.match(people.stderr, /^These are the first 2; .*--limit/);
      const { items, nextCursor } = JSON.parse(rest.stdout) as DeadLetterPage;
      const ids = [...page.items, ...items].map(({ id }) => id).toSorted();
      assert.deepEqual(ids, [parked.id, failed.id, odd.id].toSorted());
      assert.equal(nextCursor, null);
    });
  });

  describe("show", () => {
    test("lays out all that is known for a person, and gives the record as JSON", async () => {
      const { stdout, code } = await rig.tenuto(["dead-letters", "show", parked.id], { columns: 100 });
      const json = await rig.tenuto(["dead-letters", "show", parked.id, "--json"]);

      assert.equal(code, 0);
      const known = [
        `Dead letter  ${parked.id}`,
        "Status       open",
        "Kind         parked: its run waits for a decision",
        `Workflow     ${parked.workflowId} (deliver)`,
        `Run          ${parked.runId}`,
        "Step         parcels.pack",
        `Fingerprint  ${parked.fingerprint}`,
        "Temporal UI  http://ui.example/",
        "\nError\n  Broken: no box for it\n",
        "\nAttempts\n  #  BEGAN",
        "\nWaiting for a decision\n  INCIDENT",
        '\nInput\n  {\n    "text": "no box for it",\n    "by": "pack"\n  }\n',
        `\nWhat can be done\n  tenuto dead-letters redrive ${parked.id} --reason "…" (mode continue)\n  other sound modes: fail`,
      ];
      for (const text of known)
        assert.ok(stdout.replace(/ {3}\(mode/, " (mode").includes(text), `${text}\n\n${stdout}`);
      const tooLong = stdout.split("\n").filter((line) => widthOf(line) > 100 && line.trim().includes(" "));
      assert.deepEqual(
        tooLong.filter((line) => !/^\S.* {2}http\S+$/.test(line)),
        [],
      );
      assert.equal((JSON.parse(json.stdout) as DeadLetterDetails).failure.message, "no box for it");
    });

    test("one that is not there ends with 3, and the problem is on stderr, for people and in JSON", async () => {
      const { stdout, stderr, code } = await rig.tenuto(["dead-letters", "show", "0".repeat(32)]);
      const json = await rig.tenuto(["dead-letters", "show", "0".repeat(32), "--json"]);

      assert.deepEqual([stdout, code], ["", 3]);
      assert.match(
        stderr,
        /^Error: .*"0{32}".*\n {2}\(DEAD_LETTER_NOT_FOUND, request .+\)\n.*tenuto dead-letters list/,
      );
      assert.deepEqual([json.stdout, json.code], ["", 3]);
      const { code: problemCode, status } = JSON.parse(json.stderr) as { code: string; status: number };
      assert.deepEqual([problemCode, status], ["DEAD_LETTER_NOT_FOUND", 404]);
    });
  });

  describe("redrive", () => {
    test("a dry run tells what would be done, needs no reason, and does nothing", async () => {
      const { stdout, code } = await rig.tenuto(["dead-letters", "redrive", failed.id, "--dry-run"]);

      assert.equal(code, 0);
      assert.match(stdout, /^Would redrive dead letter [0-9a-f]{32} with mode continue: its run goes on from before/);
      assert.match(stdout, /Nothing was done\.\n$/);
      assert.equal((await rig.client.deadLetter(failed.id)).status, "open");
    });

    test("makes a parked run go again, which completes", async () => {
      const letter = await rig.fail("no string");
      rig.heal("no string");

      const { stdout, code } = await rig.tenuto(["dead-letters", "redrive", letter.id, "--reason", "there is string"]);

      assert.equal(code, 0);
      assert.equal(
        stdout,
        `Redrives dead letter ${letter.id} with mode continue: another try of parcels.pack.\n` +
          "If that fails, it is listed again.\n",
      );
      assert.deepEqual((await rig.client.result(letter.workflowId)).status, "completed");
    });

    test("makes a failed run go again, whose letter is resolved and is not redriven twice", async () => {
      const letter = await rig.fail("no driver", "send");
      rig.heal("no driver");

      const { stdout, code } = await rig.tenuto([
        ...["dead-letters", "redrive", letter.id, "--reason", "she is back", "--json"],
      ]);
      await rig.letter(letter.id, ({ status }) => status === "resolved", "resolved");
      const again = await rig.tenuto(["dead-letters", "redrive", letter.id, "--reason", "once more"]);
      const shown = await rig.tenuto(["dead-letters", "show", letter.id]);

      assert.equal(code, 0);
      const { id, mode, dryRun, action } = JSON.parse(stdout) as Redrive;
      assert.deepEqual(
        { id, mode, dryRun, action },
        { id: letter.id, mode: "continue", dryRun: false, action: "reset" },
      );
      assert.equal(again.code, 4);
      assert.match(again.stderr, /\(DEAD_LETTER_NOT_OPEN, request /);
      assert.match(shown.stdout, /\nRedrives\n {2}WHEN .*\n.* continue +admin-key /);
      assert.match(shown.stdout, /It can't be redriven now\./);
    });

    test("takes the output of a parked step from a file", async (t) => {
      const folder = await mkdtemp(join(tmpdir(), "tenuto-cli-"));
      t.after(() => rm(folder, { recursive: true, force: true }));
      await writeFile(join(folder, "output.json"), '"by hand"');
      const letter = await rig.fail("no tape");

      const { code } = await rig.tenuto([
        ...["dead-letters", "redrive", letter.id, "--reason", "taped by hand"],
        ...["--output", `@${join(folder, "output.json")}`],
      ]);

      assert.equal(code, 0);
      const { status, result } = (await rig.client.result(letter.workflowId)) as { status: string; result?: unknown };
      assert.deepEqual([status, result], ["completed", "by hand"]);
    });

    test("input that does not fit ends with 2, points at what is wrong, and nothing changes", async () => {
      const { stderr, code } = await rig.tenuto(
        [
          ...["dead-letters", "redrive", parked.id, "--reason", "other text"],
          ...["--input", "@-", "--confirm-no-effect"],
        ],
        { stdin: '{"text":17}' },
      );

      assert.equal(code, 2);
      assert.match(stderr, /^Error: [^\n]+\n {2}\/input\/text: [^\n]+\n {2}\(INVALID_INPUT, request /);
      assert.equal((await rig.client.deadLetter(parked.id)).status, "open");
    });

    test("a mode that is not sound ends with 4 and says which one is", async () => {
      const { stderr, code } = await rig.tenuto([
        ...["dead-letters", "redrive", failed.id, "--mode", "fail", "--reason", "let it fail"],
      ]);

      assert.equal(code, 4);
      assert.match(stderr, /can't be redriven with mode "fail".*\n {2}\(REDRIVE_UNSOUND, .*\nTry --mode continue\.\n$/);
    });
  });

  test("discard closes one with a reason, and a second time ends with 4", async () => {
    const letter = await rig.fail("lost", "send");
    const discard = ["dead-letters", "discard", letter.id, "--reason", "sent another"];

    const first = await rig.tenuto(discard);
    const second = await rig.tenuto(discard);

    assert.deepEqual(first, { stdout: `Discarded dead letter ${letter.id}.\n`, stderr: "", code: 0 });
    assert.equal(second.code, 4);
    const { status, closed } = await rig.client.deadLetter(letter.id);
    assert.deepEqual([status, closed?.by, closed?.reason], ["discarded", "admin-key", "sent another"]);
  });

  test("note adds a note, which show tells", async () => {
    const note = "asked \u001b[31mthem\nticket 17";

    const noted = await rig.tenuto(["dead-letters", "note", failed.id, note]);
    const { stdout } = await rig.tenuto(["dead-letters", "show", failed.id]);

    assert.deepEqual(noted, {
      stdout: `Added a note to dead letter ${failed.id}, which has 1 note now.\n`,
      stderr: "",
      code: 0,
    });
    assert.equal((await rig.client.deadLetter(failed.id)).notes[0]?.note, note);
    assert.match(stdout, /\nNotes\n {2}admin-key, .* UTC \(\d+[smh] ago\): asked \\x1b\[31mthem\n {2}ticket 17\n/);
  });

  test("no key, a wrong one, and one whose role may not end with 5, and no key is printed", async () => {
    const wrong = "a-wrong-secret";
    const discard = ["dead-letters", "discard", failed.id, "--reason", "no"];
    const [none, bad, viewer] = await Promise.all([
      rig.tenuto(["dead-letters", "list"], { env: { TENUTO_API_KEY: "" } }),
      rig.tenuto(["dead-letters", "list", "--json"], { env: { TENUTO_API_KEY: wrong } }),
      rig.tenuto(discard, { as: "viewer" }),
    ]);

    assert.deepEqual([none.code, bad.code, viewer.code], [5, 5, 5]);
    assert.match(none.stderr, /\(UNAUTHENTICATED, .*\nSet TENUTO_API_KEY/);
    assert.equal((JSON.parse(bad.stderr) as { code: string }).code, "UNAUTHENTICATED");
    assert.match(viewer.stderr, /\(FORBIDDEN, .*\nSet TENUTO_API_KEY to a key whose role may/);
    const printed = [none, bad, viewer].flatMap(({ stdout, stderr }) => [stdout, stderr]).join("");
    assert.doesNotMatch(printed, /secret/);
    assert.equal((await rig.client.deadLetter(failed.id)).status, "open");
  });
});
