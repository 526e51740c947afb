/** What one window may hold while its events wait. */
export interface WindowHolds {
  readonly workflowId: string;
  readonly events: number;
  readonly bytes: number;
}

/** A window of events that takes no more until some of them have become a run; the same event may be taken later. */
export class WindowFull extends Error {
  override readonly name = "WindowFull";
  readonly code = "WINDOW_FULL";
  readonly isRetryable = true;
  /** The window. */
  readonly workflowId: string;

  constructor({ workflowId, events, bytes }: WindowHolds) {
    super(
      `Window ${JSON.stringify(workflowId)} takes no event now: got ${events} events with ${bytes} bytes that wait. ` +
        "Deliver it again later. Look at why they wait: their run does not start, or the one before it goes on.",
    );
    this.workflowId = workflowId;
  }
}
