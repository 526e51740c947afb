import type { MachineCause } from "tenuto";
import type { MachineState } from "tenuto/client";
import type { Cli } from "./cli.ts";
import type { Output } from "./output.ts";
import { atTime, distance } from "./relative-time.ts";
import { runPath } from "./run-path.ts";

/** Shows all that is known about the state machine of a run. */
export async function showMachine({ api, output, isJson }: Cli, workflowId: string): Promise<undefined> {
  const machine = await api.get<MachineState>(runPath(workflowId, "/state"));
  if (isJson) {
    output.json(machine);
    return;
  }
  tellMachine(output, machine);
}

function tellMachine(output: Output, machine: MachineState): void {
  const nowMs = Date.now();
  summarize(output, machine, nowMs);
  if (machine.context !== undefined) {
    output.heading("What it remembers");
    output.indentedJson(machine.context);
  }
  output.heading("How it came there");
  output.table(
    machine.transitions,
    [
      { title: "#", value: ({ number }) => number },
      { title: "WHEN", value: ({ at }) => `${distance(at, nowMs)} ago` },
      { title: "WHY", value: ({ cause }) => causeInWords(cause), atLeast: 20 },
      { title: "STATE", value: ({ state }) => state.join(", "), atLeast: 12 },
    ],
    "  ",
  );
  const { workflowId, allowed, rewindable } = machine;
  const [event] = allowed;
  const [to] = rewindable;
  if (event === undefined && to === undefined) return;
  output.heading("What can be done");
  if (event !== undefined) output.text(`send an event: tenuto machines send ${workflowId} ${event} --data '{…}'`);
  if (to !== undefined) output.text(`go back: tenuto machines rewind ${workflowId} --to ${to} --reason "…"`);
}

function summarize(output: Output, machine: MachineState, nowMs: number): void {
  const { workflowId, runStatus, version, status, state, allowed, rewindable, deadlines, moving } = machine;
  output.fields([
    ["Run", `${workflowId}, ${runStatus}`],
    ["Machine", `${machine.machine}, version ${version}`],
    ["State", `${state.join(", ")}${status === "done" ? " (done)" : ""}`],
    ["Moving", moving && `${causeInWords(moving.cause)}, since ${atTime(moving.since, nowMs)}`],
    ["Steps", moving?.steps.join(", ")],
    ["Takes", allowed.length > 0 ? allowed.join(", ") : "nothing now"],
    ["Goes back to", rewindable.join(", ")],
    [
      "Deadlines",
      deadlines.map(({ state: of, after, at }) => `${of}, after ${after}: ${atTime(at, nowMs)}`).join("\n"),
    ],
  ]);
}

/** Why a machine moved, for people. */
function causeInWords(cause: MachineCause): string {
  switch (cause.kind) {
    case "start":
      return "it began";
    case "event":
      return `event ${cause.event}${cause.by === undefined ? "" : ` by ${cause.by}`}`;
    case "timeout":
      return `${cause.after} in ${cause.state}`;
    case "output":
      return `step ${cause.step} of ${cause.state} was done`;
    case "failure":
      return `step ${cause.step} of ${cause.state} failed: ${cause.error}`;
    case "rewind":
      return `brought back to ${cause.to} by ${cause.by}: ${cause.reason}`;
    case "migration":
      return `from version ${cause.fromVersion}`;
  }
}
