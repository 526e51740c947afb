import type { MachineMoving } from "../state-machine/machine-record.ts";

/** A state machine takes nothing, since the steps of a transition have not ended; nothing changed. */
export class TransitionInProgress extends Error {
  override readonly name = "TransitionInProgress";
  readonly code = "TRANSITION_IN_PROGRESS";
  readonly workflowId: string;
  /** The paths of the innermost states that are active until it counts. */
  readonly state: readonly string[];
  /** What is under way. */
  readonly moving: MachineMoving;
  /** The events that are taken now: none. */
  readonly allowed: readonly string[] = [];

  constructor(workflowId: string, { state, moving }: Pick<TransitionInProgress, "state" | "moving">) {
    super(
      `Run ${JSON.stringify(workflowId)} is in transition since ${moving.since}, and takes no event until its steps ` +
        `(${moving.steps.map((step) => JSON.stringify(step)).join(", ")}) have ended. Ask for its state, and try again.`,
    );
    this.workflowId = workflowId;
    this.state = state;
    this.moving = moving;
  }
}
