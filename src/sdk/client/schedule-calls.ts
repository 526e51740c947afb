/**
 * Schedules on the server. There, an update or a patch is a signal to the schedule's own workflow: the server answers
 * before it is taken, takes none whose conflict token is old, and of two that come at once only the last; none of this is
 * told. So each write is made out by what it brings, and is done when a description has it; a description knows all
 * signals before it.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isGrpcServiceError } from "@temporalio/client";
import { msToTs, tsToMs } from "@temporalio/common/lib/time.js";
import type { temporal as api } from "@temporalio/proto";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { ScheduleNotFound } from "../core/errors/schedule-not-found.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { isSendable } from "./run-ids.ts";
import { madeMemo } from "./schedule-mark.ts";
import type { Temporal } from "./temporal.ts";

/** A schedule as the server describes it. */
export type RawSchedule = api.api.workflowservice.v1.IDescribeScheduleResponse;

type ScheduleMessage = api.api.schedule.v1.ISchedule;

/** How long to wait between two looks at whether a write was taken. */
const lookMs = 30;

/** `undefined` when there is none. */
export async function describeRawSchedule(
  temporal: Temporal,
  id: string,
  deadline?: number,
): Promise<RawSchedule | undefined> {
  const request = { namespace: temporal.namespace, scheduleId: id };
  try {
    return await ofSchedule(temporal, { id, deadline }, (service) => service.describeSchedule(request));
  } catch (error) {
    if (error instanceof ScheduleNotFound) return undefined;
    throw error;
  }
}

interface RawWrite {
  readonly id: string;
  readonly schedule: ScheduleMessage;
}

/** Whether it was made; not when there is one. */
export async function createRaw(temporal: Temporal, { id, schedule }: RawWrite): Promise<boolean> {
  const request = { ...own(temporal), scheduleId: id, schedule, memo: madeMemo() };
  try {
    await ofSchedule(temporal, { id, passesOn: grpc.alreadyExists }, (service) => service.createSchedule(request));
    return true;
  } catch (error) {
    if (hasGrpcCode(error, grpc.alreadyExists)) return false;
    throw error;
  }
}

interface RawUpdate extends RawWrite {
  readonly found: RawSchedule;
  /** Whether what is there now is this. */
  readonly isTaken: (now: RawSchedule) => boolean;
}

/** Whether it was changed; not when it has changed since it was found. */
export async function updateRaw(temporal: Temporal, { id, schedule, found, isTaken }: RawUpdate): Promise<boolean> {
  const deadline = temporal.deadline();
  const conflictToken = found.conflictToken ?? new Uint8Array();
  const request = { ...own(temporal), scheduleId: id, conflictToken, schedule };
  try {
    const options = { id, deadline, passesOn: grpc.failedPrecondition };
    await ofSchedule(temporal, options, (service) => service.updateSchedule(request));
  } catch (error) {
    // So a server says that keeps schedules otherwise than in workflows.
    if (hasGrpcCode(error, grpc.failedPrecondition)) return false;
    throw error;
  }
  for (;;) {
    const now = await describeRawSchedule(temporal, id, deadline);
    if (!now) throw new ScheduleNotFound(id);
    if (isTaken(now)) return true;
    if (!Buffer.from(now.conflictToken ?? []).equals(Buffer.from(conflictToken))) return false;
    if (Date.now() + lookMs > deadline) throw new TemporalUnavailable();
    await sleep(lookMs);
  }
}

/** Asks for a change of state, or for runs; the same `requestId` is taken once. */
export async function patchSchedule(
  temporal: Temporal,
  id: string,
  {
    patch,
    requestId = randomUUID(),
  }: { readonly patch: api.api.schedule.v1.ISchedulePatch; readonly requestId?: string },
): Promise<void> {
  const request = { ...own(temporal), requestId, scheduleId: id, patch };
  await ofSchedule(temporal, { id }, (service) => service.patchSchedule(request));
}

/** @throws {@link ScheduleNotFound} */
export async function removeSchedule(temporal: Temporal, id: string): Promise<void> {
  const { namespace, identity } = temporal;
  await ofSchedule(temporal, { id }, (service) => service.deleteSchedule({ namespace, identity, scheduleId: id }));
}

/** The due times after `from` and up to `to`: the first 1,000. */
export async function dueTimes(
  temporal: Temporal,
  id: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly Date[]> {
  const range = { startTime: msToTs(from.getTime()), endTime: msToTs(to.getTime()) };
  const request = { namespace: temporal.namespace, scheduleId: id, ...range };
  const { startTime } = await ofSchedule(temporal, { id }, (service) => service.listScheduleMatchingTimes(request));
  return (startTime ?? []).map((time) => new Date(tsToMs(time)));
}

function own({ namespace, identity }: Temporal) {
  return { namespace, identity, requestId: randomUUID() };
}

type Service = Parameters<Parameters<Temporal["call"]>[0]>[0];

interface AskOptions {
  readonly id: string;
  readonly deadline?: number | undefined;
  /** The gRPC code that the caller has an answer to. */
  readonly passesOn?: number;
}

/** @throws {@link ScheduleNotFound}, and {@link InvalidInput} with what the server says is wrong. */
async function ofSchedule<T>(
  temporal: Temporal,
  { id, deadline, passesOn }: AskOptions,
  call: (service: Service) => Promise<T>,
): Promise<T> {
  if (!isSendable(id) || Buffer.byteLength(id) > 900) throw new ScheduleNotFound(id);
  const answered: readonly unknown[] = [grpc.notFound, grpc.invalidArgument, passesOn];
  const keep = (error: unknown) => isGrpcServiceError(error) && answered.includes(error.code) && !isOfNamespace(error);
  try {
    return await temporal.call(call, { keep, ...(deadline !== undefined && { deadline }) });
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    if (hasGrpcCode(error, grpc.notFound)) throw new ScheduleNotFound(id);
    if (!hasGrpcCode(error, grpc.invalidArgument)) throw error;
    const message = `Temporal does not take it: ${error.details}`;
    throw new InvalidInput(`Schedule ${JSON.stringify(id)}`, [{ pointer: "", message }]);
  }
}

/** A namespace that is missing is our set-up's fault, not the caller's. */
function isOfNamespace(error: { readonly details: string }): boolean {
  return /^namespace /i.test(error.details);
}
