/** An event that a state machine does not take in the state it is in; nothing changed. */
export class EventNotAllowed extends Error {
  override readonly name = "EventNotAllowed";
  readonly code = "EVENT_NOT_ALLOWED";
  readonly workflowId: string;
  readonly event: string;
  /** The paths of the innermost active states. */
  readonly state: readonly string[];
  /** The events that are taken now; with the event itself among them, its guards don't let it pass with this data. */
  readonly allowed: readonly string[];

  constructor(workflowId: string, { event, state, allowed }: Pick<EventNotAllowed, "event" | "state" | "allowed">) {
    const why = allowed.includes(event)
      ? "its guards don't let it pass with this data"
      : `it takes ${allowed.length > 0 ? allowed.map((name) => JSON.stringify(name)).join(", ") : "none"} now`;
    super(
      `Run ${JSON.stringify(workflowId)} does not take event ${JSON.stringify(event)} in ` +
        `${state.map((path) => JSON.stringify(path)).join(", ")}: ${why}. Ask for its state, and send one that is allowed.`,
    );
    this.workflowId = workflowId;
    this.event = event;
    this.state = state;
    this.allowed = allowed;
  }
}
