import type { DeadLetterKind, LetterEvent } from "tenuto";
import type { Compensation, DeadLetterDetails } from "tenuto/client";
import type { Cli } from "./cli.ts";
import type { Output } from "./output.ts";
import { atTime, distance, lasted } from "./relative-time.ts";

const kinds: Readonly<Record<DeadLetterKind, string>> = {
  parked: "its run waits for a decision",
  failed: "its run ended with an error that no contract declares",
  timedOut: "its run took longer than it may",
  terminated: "somebody ended its run, and nothing was undone",
  stuck: "its run's workflow task fails again and again",
  partial: "its run is over, and an undo was given up",
  poison: "a message that its run could not take was dropped",
};

const compensations: Readonly<Record<Compensation, string>> = {
  none: "nothing was undone",
  complete: "all was undone that could be",
  partial: "not all was undone",
  interrupted: "undos had begun and are not over",
};

/** Shows all that is known about a dead letter. */
export async function showLetter({ api, output, isJson }: Cli, id: string): Promise<undefined> {
  const letter = await api.get<DeadLetterDetails>(`/v1/dead-letters/${encodeURIComponent(id)}`);
  if (isJson) {
    output.json(letter);
    return;
  }
  const nowMs = Date.now();
  summarize(output, letter, nowMs);
  tellError(output, letter);
  tellAttempts(output, letter, nowMs);
  tellEffects(output, letter);
  tellHistory(output, letter, nowMs);
  if (letter.input !== undefined) {
    output.heading(letter.event?.content === "data" ? "Data" : "Input");
    output.indentedJson(letter.input);
  }
  tellNext(output, letter);
}

function summarize(output: Output, letter: DeadLetterDetails, nowMs: number): void {
  const { workerIdentity, buildId, closed, closedAt, resettableUntil, count, compensation } = letter;
  const { event } = letter;
  output.fields([
    ["Dead letter", letter.id],
    [
      "Status",
      closed ? `${letter.status} by ${closed.by}: ${closed.reason}, ${atTime(closed.at, nowMs)}` : letter.status,
    ],
    ["Kind", `${letter.kind}: ${event ? "an event that could not be taken" : kinds[letter.kind]}`],
    ...(event ? fieldsOfEvent(event) : fieldsOfRun(letter)),
    ["Seen", atTime(letter.firstSeenAt, nowMs)],
    ["Failures", count > 1 ? `${count}, the last ${atTime(letter.lastSeenAt, nowMs)}` : undefined],
    ["Run ended", closedAt === undefined ? undefined : atTime(closedAt, nowMs)],
    [
      "Worker",
      workerIdentity === undefined
        ? undefined
        : `${workerIdentity}${buildId === undefined ? "" : `, build ${buildId}`}`,
    ],
    ["Undone", event ? undefined : compensations[compensation]],
    ["Resettable", resettableUntil === undefined ? undefined : `until ${atTime(resettableUntil, nowMs)}`],
    ["Fingerprint", letter.fingerprint],
    ["Temporal UI", letter.links.temporalUi],
  ]);
}

type Fields = Parameters<Output["fields"]>[0];

function fieldsOfRun({ workflowId, type, runId, parentWorkflowId, step }: DeadLetterDetails): Fields {
  return [
    ["Workflow", `${workflowId} (${type})`],
    ["Run", runId],
    ["Parent", parentWorkflowId],
    ["Step", step],
  ];
}

const contents: Readonly<Record<LetterEvent["content"], string | undefined>> = {
  data: undefined,
  json: "it can't be read; what came is below",
  text: "it can't be read; what came is below",
  base64: "it can't be read, and is no text; what came is below, in base64",
};

function fieldsOfEvent({ app, source, type, id, content }: LetterEvent): Fields {
  return [
    ["Source", `${source} of ${app}`],
    ["Event", type ?? "of no type"],
    ["Event id", id ?? "none"],
    ["Content", contents[content]],
  ];
}

function tellError(output: Output, { failure }: DeadLetterDetails): void {
  output.heading("Error");
  for (let error: DeadLetterDetails["failure"] | undefined = failure, before = ""; error; error = error.cause) {
    output.text(`${before}${error.type}: ${error.message}`);
    before = "caused by ";
  }
}

function tellAttempts(output: Output, { attempts, incidents = [] }: DeadLetterDetails, nowMs: number): void {
  if (attempts.length > 0) {
    output.heading("Attempts");
    output.table(
      attempts,
      [
        { title: "#", value: ({ attempt }) => attempt },
        { title: "BEGAN", value: ({ startedAt }) => startedAt && `${distance(startedAt, nowMs)} ago` },
        { title: "TOOK", value: ({ startedAt, closedAt }) => startedAt && closedAt && lasted(startedAt, closedAt) },
        { title: "ERROR", value: ({ error }) => error && `${error.type}: ${error.message}`, atLeast: 20 },
      ],
      "  ",
    );
  }
  if (incidents.length === 0) return;
  output.heading("Waiting for a decision");
  output.table(
    incidents,
    [
      { title: "INCIDENT", value: ({ id }) => id },
      { title: "SINCE", value: ({ since }) => `${distance(since, nowMs)} ago` },
      {
        title: "STEP",
        value: ({ step, kind, undoes }) => (kind === "undo" ? `${step}, undoes ${undoes?.step ?? "a step"}` : step),
        atLeast: 12,
      },
      { title: "ERROR", value: ({ error }) => `${error.type}: ${error.message}`, atLeast: 12 },
    ],
    "  ",
  );
}

function tellEffects(output: Output, { openEffects = [] }: DeadLetterDetails): void {
  if (openEffects.length === 0) return;
  output.heading("Open effects");
  output.table(
    openEffects,
    [
      { title: "STEP", value: ({ step }) => step, atLeast: 12 },
      { title: "KEY", value: ({ key }) => key, leaveOut: 1 },
      { title: "WHY", value: ({ error }) => `${error.type}: ${error.message}`, atLeast: 16 },
    ],
    "  ",
  );
}

function tellHistory(output: Output, { redrives, notes }: DeadLetterDetails, nowMs: number): void {
  if (redrives.length > 0) {
    output.heading("Redrives");
    output.table(
      redrives,
      [
        { title: "WHEN", value: ({ at }) => `${distance(at, nowMs)} ago` },
        { title: "MODE", value: ({ mode }) => mode },
        { title: "BY", value: ({ by }) => by, atLeast: 8 },
        { title: "OUTCOME", value: outcomeOf, atLeast: 12 },
        { title: "BATCH", value: ({ batchId }) => batchId, leaveOut: 1 },
        { title: "REASON", value: ({ reason }) => reason, atLeast: 12 },
      ],
      "  ",
    );
  }
  if (notes.length === 0) return;
  output.heading("Notes");
  for (const { by, note, at } of notes) output.text(`${by}, ${atTime(at, nowMs)}: ${note}`);
}

/** Of an event, with the run that has it. */
function outcomeOf({ outcome = "under way", newWorkflowId }: DeadLetterDetails["redrives"][number]): string {
  return newWorkflowId === undefined ? outcome : `${outcome}, ${newWorkflowId}`;
}

function tellNext(output: Output, { id, modes, siblings, fingerprint, event }: DeadLetterDetails): void {
  output.heading("What can be done");
  const [sound, ...others] = modes;
  const needsInput = event !== undefined && event.content !== "data";
  if (sound === undefined) output.text("It can't be redriven now.");
  else if (needsInput)
    output.text(`tenuto dead-letters redrive ${id} --input '{"id": "…", "type": "…", "data": {…}}' --reason "…"`);
  else {
    output.text(`tenuto dead-letters redrive ${id} --reason "…"   (mode ${sound})`);
    if (others.length > 0) output.text(`other sound modes: ${others.join(", ")} (--mode)`);
  }
  if (siblings.count === 0) return;
  const them = siblings.count === 1 ? "1 other has" : `${siblings.count} others have`;
  output.text(`${them} the same pattern: tenuto dead-letters list --fingerprint ${fingerprint}`);
}
