import type { MachineAnswer } from "tenuto";
import type { UpdateResult } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { jsonOption } from "./json-option.ts";
import { runPath } from "./run-path.ts";

/** An event, and how long to wait until it counts. */
export interface SendEvent {
  readonly workflowId: string;
  readonly event: string;
  /** JSON, or where it is. */
  readonly data?: string;
  /** Its id. */
  readonly key?: string;
  /** In seconds. */
  readonly wait: number;
}

/** Sends an event to the state machine of a run, and says what it is in then. */
export async function sendEvent(cli: Cli, sent: SendEvent): Promise<ExitCode | undefined> {
  const { api, output, isJson } = cli;
  const { workflowId, event, data = "{}", key, wait } = sent;
  const input = await jsonOption(cli, { option: "--data", text: data });
  const path = runPath(workflowId, `/updates/${encodeURIComponent(event)}`);
  const options = { idempotencyKey: key, waitSeconds: wait };
  const update = await api.postOnce<UpdateResult<MachineAnswer>>(path, { input }, options);
  if (isJson) output.json(update);
  else output.line(outcomeOf(sent, update));
  return update.status === "failed" ? exitCodes.failed : undefined;
}

function outcomeOf({ workflowId, event }: SendEvent, { status, result, error }: UpdateResult<MachineAnswer>): string {
  if (result) return `${workflowId} has taken ${event}. ${answerInWords(result)}`;
  if (status === "failed") return `${workflowId} has taken ${event}, and failed with it: ${error?.message ?? ""}`;
  return `${workflowId} has taken ${event}; its steps have not ended. See how it stands by \`tenuto machines show ${workflowId}\`.`;
}

/** What a machine is in, for people. */
export function answerInWords({ state, status, failed }: Pick<MachineAnswer, "state" | "status" | "failed">): string {
  const failure = failed ? `Its step ${failed.step} failed with ${failed.type}. ` : "";
  return `${failure}It is ${status === "done" ? "done, " : ""}in ${state.join(", ")} now.`;
}
