// What the routes of state machines answer.
import type {
  MachineAnswer,
  MachineCause,
  MachineMoving,
  MachineOutline as Outline,
  MachineTransitionRecord,
  MachineTrigger,
  OutlinedState,
  OutlinedTransition,
} from "tenuto";
import type { MachineState, RunSummary, ShownDeadline } from "tenuto/client";
import { z } from "zod";
import { anything, RunStatus, type Shape, time } from "./answer-parts.ts";
import type { CatalogueMachine } from "./catalogue.ts";

const state = z.array(z.string()).describe("The paths of the innermost active states");
const status = z.enum(["active", "done"]);

export const MachineBrief = z
  .object({
    machine: z.string(),
    version: z.int(),
    status,
    state,
    allowed: z.array(z.string()).describe("The events that active states take"),
  } satisfies Shape<NonNullable<RunSummary["machine"]>>)
  .meta({ id: "MachineBrief", description: "What a state machine is in, and takes" });

type CauseOf<Kind extends MachineCause["kind"]> = Shape<Extract<MachineCause, { readonly kind: Kind }>>;

const Cause = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("start") } satisfies CauseOf<"start">),
    z.object({
      kind: z.literal("event"),
      event: z.string(),
      by: z.string().optional(),
    } satisfies CauseOf<"event">),
    z.object({ kind: z.literal("timeout"), state: z.string(), after: z.string() } satisfies CauseOf<"timeout">),
    z.object({ kind: z.literal("output"), state: z.string(), step: z.string() } satisfies CauseOf<"output">),
    z.object({
      kind: z.literal("failure"),
      state: z.string(),
      step: z.string(),
      error: z.string(),
    } satisfies CauseOf<"failure">),
    z.object({
      kind: z.literal("rewind"),
      to: z.string(),
      by: z.string(),
      reason: z.string(),
    } satisfies CauseOf<"rewind">),
    z.object({ kind: z.literal("migration"), fromVersion: z.int() } satisfies CauseOf<"migration">),
  ])
  .meta({ id: "MachineCause", description: "Why a state machine moved" });

export const MachineMovingAnswer = z
  .object({
    cause: Cause,
    since: time,
    steps: z.array(z.string()).describe("The steps that are to succeed before it counts"),
  } satisfies Shape<MachineMoving>)
  .meta({ id: "MachineMoving", description: "A transition whose steps have not ended" });

const transition = z.object({
  number: z.int(),
  at: time,
  cause: Cause,
  state,
} satisfies Shape<MachineTransitionRecord>);

const deadline = z.object({
  state: z.string(),
  after: z.string().describe("As the definition has it: a duration, or the name of a delay"),
  at: time,
} satisfies Shape<ShownDeadline>);

export const MachineStateAnswer = z
  .object({
    workflowId: z.string(),
    runId: z.string(),
    runStatus: RunStatus,
    machine: z.string(),
    version: z.int(),
    status,
    state,
    allowed: z.array(z.string()).describe("The events that it takes now; a guard may refuse one by its data"),
    rewindable: z.array(z.string()).describe("The states that an operator may bring it back to"),
    deadlines: z.array(deadline),
    transitions: z.array(transition).describe("The last ones, oldest first"),
    moving: MachineMovingAnswer.optional(),
    context: anything.describe("What it remembers, without what contracts redact; absent when no worker answers"),
  } satisfies Shape<MachineState>)
  .meta({ id: "MachineState", description: "What the state machine of a run is in" });

const failed = z.object({ step: z.string(), type: z.string() });

export const RewoundMachine = z.object({
  workflowId: z.string(),
  accepted: z.literal(true),
  state,
  status,
  transition: z.int().describe("The number of the transition after which this is so"),
  failed: failed.optional().describe("The step that failed for good, so that something else came of it"),
  moving: MachineMovingAnswer.optional().describe("Its steps have not ended yet"),
} satisfies Shape<MachineAnswer & Readonly<Record<"workflowId" | "accepted" | "moving", unknown>>>);

type TriggerOf<Kind extends MachineTrigger["kind"]> = Shape<Extract<MachineTrigger, { readonly kind: Kind }>>;

const Trigger = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("event"), event: z.string() } satisfies TriggerOf<"event">),
    z.object({ kind: z.literal("after"), after: z.string() } satisfies TriggerOf<"after">),
    z.object({ kind: z.literal("always") } satisfies TriggerOf<"always">),
    z.object({ kind: z.literal("done") } satisfies TriggerOf<"done">),
    z.object({ kind: z.literal("output"), step: z.string() } satisfies TriggerOf<"output">),
    z.object({ kind: z.literal("failure"), step: z.string() } satisfies TriggerOf<"failure">),
    z.object({ kind: z.literal("failureWithin") } satisfies TriggerOf<"failureWithin">),
  ])
  .meta({ id: "MachineTrigger", description: "What a transition is taken on" });

const MachineOutline = z
  .object({
    initial: z.array(z.string()).describe("The paths of the states that it begins in"),
    states: z
      .array(
        z.object({
          path: z.string(),
          kind: z.enum(["atomic", "compound", "parallel", "final"]),
          initial: z.array(z.string()).describe("The paths of what is entered with it"),
          step: z.string().optional().describe("The step by which it is entered"),
        } satisfies Shape<OutlinedState>),
      )
      .describe("In document order: after each state, those that are in it"),
    transitions: z.array(
      z.object({
        from: z.string(),
        to: z.array(z.string()).describe("Empty when it leaves its state as it is"),
        on: Trigger,
        isGuarded: z.boolean().describe("Whether a condition has to hold besides"),
      } satisfies Shape<OutlinedTransition>),
    ),
  } satisfies Shape<Outline>)
  .meta({ id: "MachineOutline", description: "The states and transitions of a state machine, to draw it by" });

export const MachineOfType = z
  .object({
    name: z.string(),
    version: z.int(),
    description: z.string(),
    states: z.array(z.string()).describe("The paths of its states, in document order"),
    events: z.array(z.string()).describe("Each is among the updates"),
    outline: MachineOutline,
    mermaid: z.string().describe("Its diagram"),
  } satisfies Shape<CatalogueMachine>)
  .meta({ id: "StateMachine", description: "The newest version of a state machine" });
