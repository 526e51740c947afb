import { RequestNotSigned } from "./request-not-signed.ts";

const windowSeconds = 300;

/** Seconds since 1970 as headers have them; the text is part of what is signed. */
export const timestampPattern = /^\d{1,12}$/;

/**
 * The seconds that a timestamp stands for, when they are at most 300 s from now.
 *
 * @throws {@link RequestNotSigned}
 */
export function recentSeconds(
  text: string,
  { now, header }: { readonly now: number; readonly header: string },
): number {
  const seconds = Number(text);
  const age = Math.floor(now / 1_000) - seconds;
  if (age > windowSeconds) throw new RequestNotSigned("timestamp-too-old", header);
  if (age < -windowSeconds) throw new RequestNotSigned("timestamp-too-new", header);
  return seconds;
}
