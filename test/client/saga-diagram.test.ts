import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sagaDiagram } from "tenuto/client";
import { recordedHistories } from "../rig/recorded-histories.ts";

const histories = await recordedHistories();
const pieces = String.raw`(?:[\p{L}\p{N}\p{M} .,()/_…-]|#\d+;)+`;

/** The part of Mermaid's grammar for sequence diagrams that we use: no sign is in a text that means something there. */
const lines: readonly RegExp[] = [
  new RegExp(String.raw`^  participant (?:run|p\d+) as ${pieces}$`, "u"),
  new RegExp(String.raw`^  (?:run|p\d+)(?:->>|-->>|--x)(?:run|p\d+): ${pieces}$`, "u"),
  new RegExp(String.raw`^  Note over run: ${pieces}$`, "u"),
];

function assertIsMermaid(diagram: string): void {
  const [first, ...rest] = diagram.split("\n");
  assert.equal(first, "sequenceDiagram");
  for (const line of rest)
    assert.ok(
      lines.some((known) => known.test(line)),
      line,
    );
  const declared = rest.flatMap((line) => /^ {2}participant (\w+)/.exec(line)?.[1] ?? []);
  const used = rest.flatMap((line) => /^ {2}(\w+?)(?:->>|-->>|--x)(\w+):/.exec(line)?.slice(1) ?? []);
  assert.deepEqual(new Set(used), new Set(declared), "who is drawn, and who speaks");
}

describe("the diagram of a run", () => {
  test("each recorded history is drawn in simple Mermaid, to its end", () => {
    assert.ok(histories.size >= 24, [...histories.keys()].join(", "));
    for (const [name, { history }] of histories) {
      const diagram = sagaDiagram(history.events);
      assertIsMermaid(diagram);
      assert.match(diagram, /run--(?:x|>>)p1: (?:completed|failed|canceled)/, name);
    }
  });

  test("no input, output or error message of a recorded history is in its diagram", () => {
    for (const [name, { history }] of histories) {
      const diagram = sagaDiagram(history.events);
      for (const told of ["ada@example", "Main St", "sofa", "cents", "is broken", "by-hand", "res_", "ch_", "undoes="])
        assert.ok(!diagram.includes(told), `${name} tells ${told}`);
      for (const message of messagesIn(history)) assert.ok(!diagram.includes(message), `${name} tells "${message}"`);
    }
  });

  test("every undo of a recorded history is drawn with the step that it undoes", () => {
    for (const [name, { history }] of histories) {
      const undos = sagaDiagram(history.events).match(/: undo(?!es).*/g) ?? [];
      for (const undo of undos) assert.match(undo, /^: undo \d/, name);
    }
  });

  test("names with signs of Mermaid, HTML or a newline are drawn as text", () => {
    const name = 'a;b#c%%{init}<img src=x onerror="y">\nend: wrap:';
    const diagram = sagaDiagram([
      started(name),
      event(2, "activityTaskScheduled", { activityType: { name: `${name}.${name}` } }),
      event(3, "workflowExecutionSignaled", { signalName: name }),
      event(4, "workflowExecutionTerminated", { reason: name }),
    ]);
    assertIsMermaid(diagram);
    assert.match(
      diagram,
      /signal a#59;b#35;c#37;#37;#123;init#125;#60;img src#61;x onerror#61;#34;y#34;#62; end#58; wrap#58;/,
    );
  });

  test("a run that is open says what it waits for", () => {
    const { history } = histories.get("workflow/histories/incidents/parked-then-retried") ?? assert.fail();
    const scheduled = history.events.findIndex((each) => "activityTaskScheduledEventAttributes" in each);
    const diagram = sagaDiagram(history.events.slice(0, scheduled + 1));
    assert.match(diagram, /Note over run: still open, 1 note$/);
  });

  test("an activity without Tenuto's headers, as of another SDK, is a step", () => {
    const diagram = sagaDiagram([
      started("raw"),
      event(2, "activityTaskScheduled", { activityType: { name: "ping" } }),
      event(3, "activityTaskCompleted", { scheduledEventId: "2" }),
    ]);
    assert.match(diagram, /run->>p2: 1 ping\n {2}p2-->>run: 1 done/);
  });

  test("a bug in workflow code, a child and a timer are drawn; what no operator needs is not", () => {
    const diagram = sagaDiagram([
      started("parent"),
      event(2, "workflowTaskFailed", {
        cause: "WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE",
        failure: { message: "secret", applicationFailureInfo: { type: "TypeError" } },
      }),
      event(3, "workflowTaskFailed", { cause: "WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND" }),
      event(4, "startChildWorkflowExecutionInitiated", { workflowType: { name: "mailing" } }),
      event(5, "childWorkflowExecutionCompleted", { initiatedEventId: "4" }),
      event(6, "timerStarted", { timerId: "1", startToFireTimeout: "86400s" }),
      event(7, "timerFired", { timerId: "1", startedEventId: "6" }),
      event(8, "workflowExecutionContinuedAsNew", {}),
    ]);
    assert.deepEqual(diagram.split("\n").slice(4), [
      "  p1->>run: start",
      "  Note over run: bug in the code (TypeError), nothing is undone, goes on after the fix",
      "  run->>p2: 1 mailing",
      "  p2-->>run: 1 done",
      "  Note over run: a timer of 1d fired",
      "  run-->>p1: goes on as a new run",
    ]);
  });

  test("a run with very many steps is cut in its middle, within what Mermaid takes", () => {
    const steps = Array.from({ length: 5_000 }, (_, index) => [
      event(2 * index + 2, "activityTaskScheduled", { activityType: { name: `service.step${index}` } }),
      event(2 * index + 3, "activityTaskCompleted", { scheduledEventId: String(2 * index + 2) }),
    ]).flat();
    const diagram = sagaDiagram([started("long"), ...steps, event(20_000, "workflowExecutionCompleted", {})]);
    assertIsMermaid(diagram);
    assert.ok(diagram.length < 50_000, String(diagram.length));
    assert.match(diagram, /1 step0\n[^]*\d{4} lines are left out here\n[^]*5000 done\n.*completed$/);
  });
});

function started(name: string) {
  return event(1, "workflowExecutionStarted", { workflowType: { name } });
}

function event(eventId: number, kind: string, attributes: object) {
  return { eventId: String(eventId), [`${kind}EventAttributes`]: attributes };
}

/** The messages of all failures in a history; one of a single word is its type once more. */
function messagesIn(json: unknown): readonly string[] {
  if (typeof json !== "object" || json === null) return [];
  const own =
    "message" in json && typeof json.message === "string" ? [json.message].filter((text) => text.includes(" ")) : [];
  return [...own, ...Object.values(json).flatMap(messagesIn)];
}
