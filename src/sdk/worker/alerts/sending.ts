import type { AlertMessage } from "../../core/alert-delivery.ts";
import type { Lookup } from "./guarded-target.ts";

/** How one kind of channel sends. */
export type Send<Channel> = (channel: Channel, message: AlertMessage, sending: Sending) => Promise<void>;

/** What sends are made with. */
export interface Sending {
  /** Ends the send. */
  readonly signal: AbortSignal;
  /** @default that of the system */
  readonly lookup?: Lookup | undefined;
  /** What of the message must be in no error. @default nothing */
  readonly secrets?: readonly string[] | undefined;
}
