/**
 * Brings what the code of an app declares to the server. It reads all, decides one by one, and writes each with the token
 * of what it has read; so whoever changes a schedule in between is seen, and a deploy that is cut off anywhere is done by
 * the next one. Every write is whole: a schedule never is without what is kept with it.
 */
import { redactedNames } from "../core/define-app.ts";
import { ScheduleBusy } from "../core/errors/schedule-busy.ts";
import { ScheduleNotFound } from "../core/errors/schedule-not-found.ts";
import { planSchedule, type ScheduleChangeKind } from "../core/schedule/plan-schedule.ts";
import { assertOfNamespace } from "./assert-of-namespace.ts";
import { checkedSchedule } from "./checked-schedule.ts";
import { codeMark } from "./code-mark.ts";
import { createSchedule, findSchedule, type FoundSchedule, updateSchedule } from "./found-schedule.ts";
import { inParallel } from "./in-parallel.ts";
import { sha256 } from "./run-ids.ts";
import type { Reach } from "./run-target.ts";
import { removeSchedule } from "./schedule-calls.ts";
import { differencesOf, type ScheduleDifference } from "./schedule-differences.ts";
import { fingerprintOf, type ScheduleContent } from "./schedule-message.ts";
import { type FoundRecord, readRecord, type ScheduleRecord, writeRecord } from "./schedule-record.ts";
import type { SteerOptions } from "./steer-run.ts";

/** How to deploy. */
export interface DeployOptions extends Partial<Omit<SteerOptions, "runId">> {
  /** Whether to say only what would be done. @default false */
  readonly dryRun?: boolean | undefined;
  /**
   * Whether code that was deployed before, and then replaced by other code, is deployed again. A worker that starts does
   * not: it may be an old one.
   *
   * @default true
   */
  readonly isBackAllowed?: boolean | undefined;
}

/** What a deploy does with one schedule. */
export interface ScheduleChanged {
  readonly id: string;
  readonly change: ScheduleChangeKind;
  /** Between the server and the code; of one that is made, or deleted, none. */
  readonly differences: readonly ScheduleDifference[];
  readonly why: string;
}

/** What a deploy does, by id. */
export interface ScheduleDeploy {
  readonly dryRun: boolean;
  /** Whether nothing was done because newer code was deployed: when, and by whom. */
  readonly superseded?: { readonly at: string; readonly by: string };
  readonly changes: readonly ScheduleChanged[];
}

/** How often another deploy may come between. */
const mostTries = 10;
const atOnce = 8;
const mostSuperseded = 50;

/** @throws what {@link TenutoClient.deploySchedules} throws. */
export async function deploySchedules(reach: Reach, options: DeployOptions = {}): Promise<ScheduleDeploy> {
  const { temporal, app } = reach;
  assertOfNamespace(temporal, "Schedules in code belong to no tenant");
  const { dryRun = false, isBackAllowed = true } = options;
  const declared = await declaredBy(reach);
  const set = sha256([...declared].map(([id, content]) => [id, fingerprintOf(content)])).slice(0, 16);
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await readRecord(temporal, app.name);
    const { record } = before;
    const isOld = !isBackAllowed && record.set !== set && record.superseded.includes(set);
    if (isOld) return { dryRun, superseded: { at: record.at, by: record.by }, changes: [] };
    const deploy: Deploy = { reach, declared, record, options, isApplied: !dryRun };
    if (dryRun) return { dryRun, changes: await changeAll(deploy) };
    const claimed = await claim(deploy, before);
    const changes = claimed && (await changeAll(deploy));
    if (!changes) continue;
    if (await settle(deploy, { set, changes })) return { dryRun, changes };
  }
  throw new ScheduleBusy(app.name, "others deploy at the same time");
}

interface Deploy {
  readonly reach: Reach;
  readonly declared: ReadonlyMap<string, ScheduleContent>;
  readonly record: ScheduleRecord;
  readonly options: DeployOptions;
  readonly isApplied: boolean;
}

/** Remembers what is about to be made, so that whatever comes of it is found again. */
async function claim({ reach, declared, record, options }: Deploy, before: FoundRecord): Promise<boolean> {
  const ids = idsOf(declared, record);
  if (ids.length === record.ids.length) return true;
  return writeRecord(reach.temporal, {
    app: reach.app.name,
    before,
    record: { ...record, ...byNow(reach, options), ids },
  });
}

/** Remembers what is there; not when another deploy has written since, and all has to be looked at again. */
async function settle(
  { reach, declared, record, options }: Deploy,
  { set, changes }: { readonly set: string; readonly changes: readonly ScheduleChanged[] },
): Promise<boolean> {
  const { temporal, app } = reach;
  const before = await readRecord(temporal, app.name);
  const now = before.record;
  if (now.set !== record.set) return false;
  const kept = changes.filter(({ change }) => change === "kept").map(({ id }) => id);
  const ids = [...new Set([...declared.keys(), ...kept])].sort();
  if (now.set === set && ids.join() === now.ids.join() && now.claimed.length === 0) return true;
  const past = [...now.superseded, ...(now.set === "" ? [] : [now.set])].filter((each) => each !== set);
  const superseded = [...new Set(past)].slice(-mostSuperseded);
  const next = { set, superseded, ids, claimed: [], ...byNow(reach, options) };
  return writeRecord(temporal, { app: app.name, before, record: next });
}

function byNow({ temporal }: Reach, { by = temporal.identity }: DeployOptions) {
  return { at: new Date().toISOString(), by };
}

function idsOf(declared: Deploy["declared"], record: ScheduleRecord): readonly string[] {
  return [...new Set([...declared.keys(), ...record.ids, ...record.claimed])].sort();
}

async function changeAll(deploy: Deploy): Promise<readonly ScheduleChanged[]> {
  const ids = idsOf(deploy.declared, deploy.record);
  const changes = await inParallel(ids, atOnce, (id) => change(deploy, id));
  return changes.filter((each) => each !== undefined);
}

async function change(deploy: Deploy, id: string): Promise<ScheduleChanged | undefined> {
  const { reach, declared, record } = deploy;
  const content = declared.get(id);
  for (let tries = 0; tries < mostTries; tries++) {
    const found = await findSchedule(reach.temporal, id);
    const mark = found?.mark;
    const planned = planSchedule({
      app: reach.app.name,
      declared: content && fingerprintOf(content),
      wasDeployed: record.ids.includes(id) || (!content && record.claimed.includes(id)),
      found: found && {
        fingerprint: found.fingerprint,
        isOurs: found.isOurs,
        mark: mark && { ...mark, by: mark.changed.as === found.fingerprint ? mark.changed.by : undefined },
      },
    });
    if (!planned) return undefined;
    const differences = found && content ? differencesOf(found, content, redactedNames(reach.app)) : [];
    if (!deploy.isApplied || (await apply(deploy, { id, content, found, kind: planned.change })))
      return { id, ...planned, differences };
  }
  throw new ScheduleBusy(id);
}

interface Applying {
  readonly id: string;
  readonly content: ScheduleContent | undefined;
  readonly found: FoundSchedule | undefined;
  readonly kind: ScheduleChangeKind;
}

/** Whether it was done; not when the schedule has changed since it was found. */
async function apply({ reach, options }: Deploy, { id, content, found, kind }: Applying): Promise<boolean> {
  const { temporal, app } = reach;
  if (kind === "unchanged" || kind === "kept") return true;
  try {
    if (kind === "delete") await removeSchedule(temporal, id);
    if (!content) return true;
    const { reason = "It is in its code" } = options;
    const write = { id, content, mark: codeMark({ id, content, app: app.name, by: options.by ?? app.name, reason }) };
    return await (found ? updateSchedule(temporal, write, found) : createSchedule(temporal, write));
  } catch (error) {
    if (!(error instanceof ScheduleNotFound)) throw error;
    return kind === "delete";
  }
}

/** By id. @throws {@link InvalidInput} with a pointer into what the code declares */
async function declaredBy(reach: Reach): Promise<ReadonlyMap<string, ScheduleContent>> {
  const declared = new Map<string, ScheduleContent>();
  for (const { name, spec } of (reach.app.schedules ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    declared.set(name, await checkedSchedule(reach, name, spec));
  return declared;
}
