import { type RefusedWindow, windowIdOf } from "../core/window-record.ts";
import { inParallel } from "./in-parallel.ts";
import { keepEvent } from "./keep-event.ts";
import type { Reach } from "./run-target.ts";

const atOnce = 5;

/**
 * Keeps the events of a window that no run takes where people find them: each is a dead letter, once however often it is told.
 * Answers with their ids.
 */
export async function reportRefusedWindow(
  reach: Reach,
  { subject, events, error }: RefusedWindow,
): Promise<readonly string[]> {
  const { source, type } = subject;
  const window = windowIdOf(subject);
  return inParallel(events, atOnce, async ({ id, data, again }) =>
    keepEvent(reach, { name: source }, { error, event: { id, type, data }, window, again }),
  );
}
