import { randomUUID } from "node:crypto";
import type { ScheduleMark } from "./schedule-mark.ts";
import { fingerprintOf, type ScheduleContent } from "./schedule-message.ts";

interface Deployed {
  readonly id: string;
  readonly content: ScheduleContent;
  readonly app: string;
  readonly by: string;
  readonly reason: string;
}

/** What is kept with a schedule that says what code says. */
export function codeMark({ id, content, app, by, reason }: Deployed): ScheduleMark {
  const as = fingerprintOf(content);
  const changed = { by, reason, at: new Date().toISOString(), as };
  return { id, description: content.spec.description, app, applied: as, changed, stamp: randomUUID() };
}
