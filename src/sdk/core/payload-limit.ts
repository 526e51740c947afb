import { PayloadTooLarge } from "./errors/payload-too-large.ts";

/** Temporal refuses 2 MiB; what is left is for the rest of the message. */
const maxBytes = 1_900_000;

/**
 * Holds that a value, encoded in as many bytes, can be sent; `what` names it.
 *
 * @throws {@link PayloadTooLarge} above 1.9 MB.
 */
export function assertWithinLimit(bytes: number, what: string): void {
  if (bytes > maxBytes) throw new PayloadTooLarge(what, { bytes, maxBytes });
}
