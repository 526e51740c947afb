// What the isolate, Node and operators agree on about events that could not be taken.
import type { BriefError } from "./dead-letter.ts";

/**
 * An event from outside that a dead letter stands for. `content` says what the letter's input is: the `data` of an event that
 * was read; of one that can't be read, what came: as `json`, as `text`, or in `base64` where it is no text.
 */
export interface LetterEvent {
  /** The app, whose workers deliver it when it is redriven. */
  readonly app: string;
  readonly source: string;
  /** The same when the event comes again. */
  readonly id?: string;
  readonly type?: string;
  /** The workflow id of the window that has refused it; else it was refused before it came to one. */
  readonly window?: string;
  readonly content: "data" | "json" | "text" | "base64";
}

/** The activity that delivers an event again, on the task queue of its app; takes a `RedriveTask`, gives an {@link EventRedelivery}. */
export const deliverEventActivityType = "tenuto.deliverEvent";

/** What became of an event that was delivered again. */
export type EventRedelivery =
  /** What a run has to do with it is done; `filtered` has none. */
  | {
      readonly outcome: "accepted" | "duplicate" | "filtered";
      /** As the server knows it. */
      readonly workflowId?: string;
      readonly runId?: string;
    }
  /** It can't be taken as it is. */
  | { readonly outcome: "refused"; readonly error: BriefError };
