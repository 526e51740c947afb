import { defaultPayloadConverter } from "@temporalio/workflow";
import { assertWithinLimit } from "../core/payload-limit.ts";

/**
 * Holds that a value can be sent, before anything is scheduled: Temporal fails the workflow task, or ends the run, for
 * what is too large.
 *
 * @throws `PayloadTooLarge` above 1.9 MB encoded.
 */
export function assertSendable(value: unknown, what: string): void {
  assertWithinLimit(defaultPayloadConverter.toPayload(value)?.data?.length ?? 0, what);
}
