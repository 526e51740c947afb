import { durationOf } from "../parts/time.tsx";

/** A duration as a contract has it: milliseconds, or a text such as "10m". */
export function durationTold(duration: string | number | undefined): string {
  if (duration === undefined) return "–";
  return typeof duration === "number" ? durationOf(duration) : duration;
}
