// What the routes of state machines answer.
import type { MachineCause, MachineMoving } from "tenuto";
import type { RunDescription } from "tenuto/client";
import { z } from "zod";
import { type Shape, time } from "./answer-parts.ts";

const states = z.array(z.string()).describe("The paths of the innermost active states");

export const MachineBrief = z.object({
  machine: z.string(),
  version: z.int(),
  status: z.enum(["active", "done"]),
  state: states,
  allowed: z.array(z.string()).describe("The events that active states take"),
} satisfies Shape<NonNullable<RunDescription["machine"]>>);

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
