// A schedule as Temporal's messages have it, and back.
import { msToTs, tsToMs } from "@temporalio/common/lib/time.js";
import proto, { type temporal as api } from "@temporalio/proto";
import { durationOf, parseDuration } from "../core/duration.ts";
import { laneFrom, temporalPriority } from "../core/priority.ts";
import type { ScheduleOverlap, ScheduleSpec } from "../core/schedule/schedule.ts";
import { tenantMemo } from "../core/tenant.ts";
import { decode, encode, encodeWithinLimit } from "./payloads.ts";
import { sha256 } from "./run-ids.ts";
import { markIn, markMemo, scheduleMemo, type ScheduleMark } from "./schedule-mark.ts";
import { inServersOrder, specMessage, timesOf } from "./schedule-spec-message.ts";

const { ScheduleOverlapPolicy: Policy } = proto.temporal.api.enums.v1;

type ScheduleMessage = api.api.schedule.v1.ISchedule;
type ActionMessage = api.api.workflow.v1.INewWorkflowExecutionInfo;

export const overlapPolicies = {
  skip: Policy.SCHEDULE_OVERLAP_POLICY_SKIP,
  bufferOne: Policy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE,
  bufferAll: Policy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL,
  cancelOther: Policy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER,
  terminateOther: Policy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER,
  allowAll: Policy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL,
} as const satisfies Record<ScheduleOverlap, number>;

/** All that a schedule is, but its state and what Tenuto keeps with it. */
export interface ScheduleContent {
  readonly spec: ScheduleSpec;
  readonly taskQueue: string;
  /** What the workflow ids of its runs begin with. */
  readonly workflowId: string;
  /** What Tenuto has no word for and others have set, as text, by name. */
  readonly besides: Readonly<Record<string, string>>;
}

/** The content of a schedule of ours. */
export function contentOf(id: string, spec: ScheduleSpec, taskQueue: string): ScheduleContent {
  return { spec: { ...spec, at: inServersOrder(spec.at) }, taskQueue, workflowId: id, besides: {} };
}

/** Two of the same say the same. */
export function fingerprintOf({ spec, ...rest }: ScheduleContent): string {
  // As JSON carries it: a member that is undefined is none.
  const input = spec.input === undefined ? undefined : decode(encode(spec.input));
  return sha256({ spec: { ...spec, input }, ...rest }).slice(0, 16);
}

/** Without its state. @throws `PayloadTooLarge` */
export function scheduleMessage({ spec, taskQueue, workflowId }: ScheduleContent, mark: ScheduleMark): ScheduleMessage {
  const input = encodeWithinLimit(spec.input, `The input of schedule "${mark.id}"`);
  const priority = temporalPriority(spec.lane);
  return {
    spec: specMessage(spec),
    action: {
      startWorkflow: {
        workflowId,
        workflowType: { name: spec.type },
        taskQueue: { name: taskQueue },
        input: { payloads: [input] },
        memo: markMemo(mark),
        ...(priority && { priority }),
      },
    },
    policies: {
      overlapPolicy: overlapPolicies[spec.overlap],
      catchupWindow: msToTs(parseDuration(spec.catchUpWindow)),
      pauseOnFailure: spec.pauseOnFailure,
    },
  };
}

/** What is on the server. @throws `DecryptionFailed` when its input is encrypted under a key that is not at hand. */
export function readContent(message: ScheduleMessage): ScheduleContent & { readonly mark?: ScheduleMark | undefined } {
  const action = message.action?.startWorkflow ?? {};
  const { overlapPolicy, catchupWindow, pauseOnFailure } = message.policies ?? {};
  const overlaps = Object.keys(overlapPolicies) as ScheduleOverlap[];
  const input = decode(action.input?.payloads?.[0]);
  const mark = markIn(action.memo);
  const lane = laneFrom(action.priority);
  const spec: ScheduleSpec = {
    ...timesOf(message.spec ?? {}),
    type: action.workflowType?.name ?? "",
    ...(input !== undefined && { input }),
    ...(lane && { lane }),
    overlap: overlaps.find((name) => overlapPolicies[name] === overlapPolicy) ?? "skip",
    catchUpWindow: durationOf(catchupWindow ? tsToMs(catchupWindow) : parseDuration("365d")),
    pauseOnFailure: pauseOnFailure ?? false,
    description: mark?.description ?? "",
  };
  const { workflowId, taskQueue } = action;
  return {
    spec,
    taskQueue: taskQueue?.name ?? "",
    workflowId: workflowId ?? "",
    besides: besidesOf(message, action),
    mark,
  };
}

const { WorkflowIdReusePolicy: Reuse } = proto.temporal.api.enums.v1;

function besidesOf({ spec, policies, state }: ScheduleMessage, action: ActionMessage): ScheduleContent["besides"] {
  const memo = Object.entries(action.memo?.fields ?? {}).filter(
    ([name]) => name !== scheduleMemo && name !== tenantMemo,
  );
  const reuse = action.workflowIdReusePolicy ?? 0;
  const isUsualReuse = reuse === 0 || reuse === Reuse.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE;
  const payloads = action.input?.payloads ?? [];
  const found: Readonly<Record<string, unknown>> = {
    workflowExecutionTimeout: lasting(action.workflowExecutionTimeout),
    workflowRunTimeout: lasting(action.workflowRunTimeout),
    workflowTaskTimeout: lasting(action.workflowTaskTimeout),
    workflowIdReusePolicy: isUsualReuse ? undefined : reuse,
    retryPolicy: action.retryPolicy,
    memo: memo.length > 0 ? memo.map(([name, value]) => [name, decode(value)]) : undefined,
    searchAttributes: filled(action.searchAttributes?.indexedFields),
    header: filled(action.header?.fields),
    userMetadata: action.userMetadata,
    versioningOverride: action.versioningOverride,
    furtherInput: payloads.length > 1 ? payloads.slice(1).map(decode) : undefined,
    keepOriginalWorkflowId: policies?.keepOriginalWorkflowId || undefined,
    timezoneData: spec?.timezoneData?.length ? "given" : undefined,
    limitedActions: state?.limitedActions || undefined,
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => {
      const text = value === undefined || value === null ? "{}" : JSON.stringify(value);
      return text === "{}" ? [] : [[name, text]];
    }),
  );
}

function lasting(duration: Parameters<typeof tsToMs>[0]): number | undefined {
  return (duration && tsToMs(duration)) || undefined;
}

function filled(fields: object | null | undefined): object | undefined {
  return fields && Object.keys(fields).length > 0 ? fields : undefined;
}
