import type { RunDescription } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { Action } from "../parts/action.tsx";

export interface RunActionsProps {
  readonly run: RunDescription;
  readonly reload: () => void;
}

/** What can be done to a run that is at work, by who may. */
export function RunActions({ run, reload }: RunActionsProps) {
  if (run.status !== "running") return null;
  const send = (what: string, done: string) => async (reason: string) => {
    const query = { runId: run.runId };
    await ask(`v1/runs/${part(run.workflowId)}/${what}`, { method: "POST", query, body: { reason } });
    return done;
  };
  const common = { role: "operator", onDone: reload } as const;
  return (
    <>
      {run.paused ? (
        <Action {...common} label="Resume" isMain perform={send("resume", "The run goes on.")} />
      ) : (
        <Action
          {...common}
          label="Pause"
          explanation="It begins no further step and retries none, until somebody resumes it. Undos go on."
          perform={send("pause", "The run is paused.")}
        />
      )}
      <Action
        {...common}
        label="Cancel"
        title="Cancel the run"
        explanation="It begins nothing further, undoes what it did, and ends as canceled."
        isDangerous
        perform={send("cancel", "The run is asked to cancel.")}
      />
      <Action
        {...common}
        label="Terminate"
        title="Terminate the run"
        explanation="It ends at once and undoes nothing: what it did stays done. Cancel it, if it can still be asked."
        isDangerous
        perform={send("terminate", "The run is terminated.")}
      />
    </>
  );
}
