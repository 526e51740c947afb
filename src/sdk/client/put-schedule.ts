// What people change of schedules. Of two who change the same one at once, each sees what the other did.
import { randomUUID } from "node:crypto";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { ScheduleBusy } from "../core/errors/schedule-busy.ts";
import { ScheduleInCode } from "../core/errors/schedule-in-code.ts";
import type { ScheduleDraft } from "../core/schedule/schedule-spec.ts";
import { checkedSchedule } from "./checked-schedule.ts";
import { codeMark } from "./code-mark.ts";
import {
  createSchedule,
  describeSchedule,
  findSchedule,
  type FoundSchedule,
  updateSchedule,
} from "./found-schedule.ts";
import type { LinkBase } from "./run-summary.ts";
import type { Reach } from "./run-target.ts";
import { removeSchedule } from "./schedule-calls.ts";
import { declaredIn, detailsOf, type ScheduleDetails, standingOf } from "./schedule-details.ts";
import type { ScheduleMark } from "./schedule-mark.ts";
import { fingerprintOf, type ScheduleContent } from "./schedule-message.ts";
import type { SteerOptions } from "./steer-run.ts";

/** Who changes a schedule, and why. */
export type ScheduleChange = Omit<SteerOptions, "runId">;

/** What changes of schedules need. */
export interface ScheduleReach extends Reach {
  readonly links: LinkBase;
}

/** How often others may be first. */
const mostTries = 5;

/** @throws what {@link TenutoClient.putSchedule} throws. */
export async function putSchedule(
  reach: ScheduleReach,
  id: string,
  { draft, ...change }: ScheduleChange & { readonly draft: ScheduleDraft },
): Promise<ScheduleDetails> {
  const { temporal } = reach;
  const { by = temporal.identity, reason } = change;
  assertNote({ by, reason });
  const content = await checkedSchedule(reach, id, draft);
  for (let tries = 0; tries < mostTries; tries++) {
    const found = await findSchedule(temporal, id);
    const write = { id, content, mark: putMark({ id, content, found, by, reason }) };
    const isWritten = found ? await updateSchedule(temporal, write, found) : await createSchedule(temporal, write);
    if (isWritten) return detailsOf(await describeSchedule(temporal, id), reach);
  }
  throw new ScheduleBusy(id);
}

/** @throws what {@link TenutoClient.deleteSchedule} throws. */
export async function deleteSchedule(
  reach: ScheduleReach,
  id: string,
  { by = reach.temporal.identity, reason }: ScheduleChange,
): Promise<ScheduleDetails | undefined> {
  const { temporal, app } = reach;
  assertNote({ by, reason });
  for (let tries = 0; tries < mostTries; tries++) {
    const found = await describeSchedule(temporal, id);
    const declared = temporal.tenant === undefined ? declaredIn(app, id) : undefined;
    assertNotInCode(found, reach);
    if (!declared) {
      await removeSchedule(temporal, id);
      return undefined;
    }
    const write = { id, content: declared, mark: codeMark({ id, content: declared, app: app.name, by, reason }) };
    if (await updateSchedule(temporal, write, found)) return detailsOf(await describeSchedule(temporal, id), reach);
  }
  throw new ScheduleBusy(id);
}

/** Only its app's code can say what an edited one was, and only that an unedited one is gone. */
function assertNotInCode(found: FoundSchedule, { app }: Reach): void {
  const { id, mark } = found;
  const owner = mark?.app;
  if (owner === undefined) return;
  const isDeclared = owner === app.name && declaredIn(app, id) !== undefined;
  const isLeftOver = owner === app.name && !isDeclared;
  if (isLeftOver || (isDeclared && standingOf(found, app).isEdited)) return;
  throw new ScheduleInCode({ id, app: owner });
}

interface Putting {
  readonly id: string;
  readonly content: ScheduleContent;
  readonly found: FoundSchedule | undefined;
  readonly by: string;
  readonly reason: string;
}

/** What the code said stays known: by it, this is an edit. */
function putMark({ id, content, found, by, reason }: Putting): ScheduleMark {
  const { app, applied } = found?.mark ?? {};
  return {
    id,
    description: content.spec.description,
    ...(app !== undefined && { app }),
    ...(applied !== undefined && { applied }),
    changed: { by, reason, at: new Date().toISOString(), as: fingerprintOf(content) },
    stamp: randomUUID(),
  };
}

/** @throws {@link InvalidInput} */
export function assertNote({ by, reason }: { readonly by: string; readonly reason: string }): void {
  const issues = [
    ...(by.trim() === "" ? [{ pointer: "/by", message: "Say who changes it" }] : []),
    ...(reason.trim() === "" || reason.length > 1_000
      ? [{ pointer: "/reason", message: "Say why, in 1,000 characters at most" }]
      : []),
  ];
  if (issues.length > 0) throw new InvalidInput("The change of a schedule", issues);
}
