import type { temporal as api } from "@temporalio/proto";
import { UpdateNotFound } from "../core/errors/update-not-found.ts";
import { type TaskCall, taskUpdate } from "../core/human-task.ts";
import type { FoundTask } from "./find-task.ts";
import { encodeWithinLimit } from "./payloads.ts";
import type { Reach } from "./run-target.ts";
import { sendUntilTaken } from "./send-until-taken.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";
import { pollUpdate, stages } from "./poll-update.ts";

type Outcome = api.api.update.v1.IOutcome;

interface Sending {
  readonly call: TaskCall;
  readonly updateId: string;
}

/** What came of what somebody does about a task; `undefined` when its run ended without taking it. */
export async function sendTaskCall(
  reach: Reach,
  found: FoundTask,
  { call, updateId }: Sending,
): Promise<Outcome | undefined> {
  const { workflowId, runId, info } = found;
  const run = { workflowId };
  const what = "what is done about the task";
  const payload = encodeWithinLimit(call, "What is done about the task");
  const update = updateRequest(reach.temporal, { run, name: taskUpdate, payload, updateId, isParsed: true });
  const names = { type: info?.type?.name ?? "", taskQueue: info?.taskQueue ?? "" };
  const target = { workflowId, runId, ...names, isRunning: true, contract: undefined };
  const isTaken = (answer: { readonly outcome?: unknown }) => Boolean(answer.outcome);
  const answer = await sendUntilTaken(reach, { what, target, run, update, isTaken });
  return answer?.outcome ?? (await earlierOutcome(reach.temporal, found, updateId));
}

/** What came of it before the run ended: its answer may have been lost. */
export async function earlierOutcome(
  temporal: Temporal,
  found: Pick<FoundTask, "workflowId" | "runId">,
  updateId: string,
): Promise<Outcome | undefined> {
  const { workflowId, runId } = found;
  try {
    const deadline = temporal.deadline();
    const polled = await pollUpdate(temporal, { workflowId, runId, updateId }, { stage: stages.now, deadline });
    return polled.outcome ?? undefined;
  } catch (error) {
    if (error instanceof UpdateNotFound) return undefined;
    throw error;
  }
}
