/** What is wrong with an event. */
export type EventFault =
  /** Several events in one request. */
  | "batched"
  /** A content type, or a charset, that is not read. */
  | "unsupported-content"
  | "not-utf8"
  | "not-json"
  | "too-deep"
  /** An attribute that every CloudEvent has. */
  | "missing"
  | "invalid";

/** Where it is wrong, why, and what to do. */
export interface EventProblem {
  /** A JSON pointer into the request, as in `/headers/ce-id` or `/body/data`. */
  readonly pointer: string;
  readonly why: string;
  readonly remedy: string;
}

/** A request has no event that can be read; nothing of the event is in the message. */
export class InvalidEvent extends Error {
  override readonly name = "InvalidEvent";
  readonly code = "INVALID_EVENT";
  readonly fault: EventFault;
  /** A JSON pointer into the request, as in `/headers/ce-id` or `/body/data`. */
  readonly pointer: string;
  /** What is known of the event all the same. */
  known: { readonly id?: unknown; readonly type?: unknown } = {};

  constructor(fault: EventFault, { pointer, why, remedy }: EventProblem) {
    super(`The event can't be read: ${JSON.stringify(pointer)} ${why}. ${remedy}`);
    this.fault = fault;
    this.pointer = pointer;
  }
}
