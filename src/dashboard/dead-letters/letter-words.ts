import type { DeadLetter, Redrive } from "tenuto/client";

type Kind = DeadLetter["kind"];
type Mode = DeadLetter["modes"][number];

/** What happened, by the kind of a dead letter. */
export const kindWords: Readonly<Record<Kind, string>> = {
  parked: "A step is parked",
  failed: "The run failed",
  timedOut: "The run timed out",
  terminated: "The run was terminated",
  stuck: "The run is stuck",
  partial: "An undo was given up",
  poison: "An event could not be taken",
};

/** Every kind of dead letter. */
export const letterKinds = Object.keys(kindWords) as readonly Kind[];

/** What each mode does, beside its name. */
export const modeWords: Readonly<Record<Mode, string>> = {
  continue: "Continue: the failed step again, what is done stays done",
  restart: "Restart: a new run from the beginning",
  compensate: "Compensate: undo what was done, begin nothing",
  fail: "Fail: the step fails, and the run undoes the rest",
};

/** What a redrive would do. */
export const actionWords: Readonly<Record<Redrive["action"], string>> = {
  retry: "The step runs again where it is.",
  complete: "The step ends with the output that you give.",
  fail: "The step fails, and the run undoes what it did.",
  reset: "The run is reset to before the step that failed, and goes on from there.",
  restart: "Another run is started in its place.",
  adopt: "Somebody has reset this run already. The dead letter follows that run.",
  deliver: "The event is delivered again, under its old key.",
};
