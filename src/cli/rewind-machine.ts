import type { MachineAnswer, MachineMoving } from "tenuto";
import type { Cli } from "./cli.ts";
import { runPath } from "./run-path.ts";
import { answerInWords } from "./send-event.ts";

/** Which state to bring which run's state machine back to, and why. */
export interface RewindMachine {
  readonly workflowId: string;
  readonly body: { readonly to: string; readonly reason: string };
}

/** Brings the state machine of a run back to an earlier state. */
export async function rewindMachine(
  { api, output, isJson }: Cli,
  { workflowId, body }: RewindMachine,
): Promise<undefined> {
  const now = await api.post<MachineAnswer & { readonly moving?: MachineMoving }>(runPath(workflowId, "/rewind"), body);
  if (isJson) output.json(now);
  else if (now.moving)
    output.line(
      `${workflowId} goes back to ${body.to}, when its steps have ended. See how it stands by \`tenuto machines show ${workflowId}\`.`,
    );
  else output.line(`${workflowId} was brought back to ${body.to}. ${answerInWords(now)}`);
}
