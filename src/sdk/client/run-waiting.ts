import type { temporal } from "@temporalio/proto";
import { type Waiting, waitingMemo } from "../core/incident.ts";
import { decode } from "./payloads.ts";

/** What a run waits for an operator with, from its memo: no worker is asked. */
export function waitingIn(info: temporal.api.workflow.v1.IWorkflowExecutionInfo | null | undefined): Waiting {
  const waiting = decode(info?.memo?.fields?.[waitingMemo]) as Partial<Waiting> | undefined;
  return { ...waiting, incidents: waiting?.incidents ?? [], incidentCount: waiting?.incidentCount ?? 0 };
}
