import { Context } from "@temporalio/activity";
import { type Client, isGrpcServiceError } from "@temporalio/client";
import type { Encryption } from "../client/encryption.ts";
import { letterWorkflowId, recordOf } from "../client/open-dead-letter.ts";
import type { DeadLetterRecord } from "../core/dead-letter.ts";
import { purposeActivityType, type PurposeRequest, type ResetPurpose } from "../core/redrive.ts";
import { serverOf } from "./redrive-activities.ts";

/** The local activity that tells a run which a reset has made what it is for, as its dead letter knows. */
export function purposeActivity(
  encryption: Encryption | undefined,
): Readonly<Record<string, (request: PurposeRequest) => Promise<ResetPurpose>>> {
  return {
    [purposeActivityType]: async ({ deadLetterId, tenant }) => {
      const { client, info } = Context.current();
      const { runId, workflowId } = info.workflowExecution ?? { runId: "", workflowId: "" };
      const temporal = serverOf(encryption);
      const record = await recordOf(temporal, letterWorkflowId(temporal, deadLetterId, tenant));
      const mode = modeOf(record);
      // Whoever has reset it may never come to cancel it.
      if (mode === "compensate") await cancel(client, { runId, workflowId });
      return { mode, runId, stoodStillMs: standstillMs(record, Date.now()) };
    },
  };
}

/** A letter that is open again says nothing about a reset made outside of it; one that is dealt with still does: a reset may come late. */
function modeOf(record: DeadLetterRecord | undefined): ResetPurpose["mode"] {
  const last = record?.redrives?.at(-1);
  return last?.mode === "compensate" && record?.status !== "open" ? "compensate" : "continue";
}

function standstillMs(record: DeadLetterRecord | undefined, now: number): number {
  if (record?.status !== "redriving" || record.closedAt === undefined) return 0;
  return Math.max(0, now - Date.parse(record.closedAt));
}

async function cancel(client: Client, run: { readonly workflowId: string; readonly runId: string }): Promise<void> {
  try {
    await client.workflow.getHandle(run.workflowId, run.runId).cancel();
  } catch (error) {
    // Somebody else has canceled it meanwhile.
    if (!(isGrpcServiceError(error) && /already requested/i.test(error.details))) throw error;
  }
}
