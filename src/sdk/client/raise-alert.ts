// The one way to an alert: who finds something raises it here, and says here that it is over.
import { randomUUID } from "node:crypto";
import type { temporal as api } from "@temporalio/proto";
import {
  type AlertEnd,
  alertMemo,
  type AlertRecord,
  alertWorkflow,
  endSignal,
  type RaisedAlert,
  raiseSignal,
} from "../core/alert.ts";
import { alertIdOf, alertWorkflowId, marksOfAlert } from "../core/alert-id.ts";
import { forgotten, withRaised } from "../core/alert-state.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { describeIfThere } from "./describe-raw.ts";
import { idOfTenant } from "./id-of-tenant.ts";
import { decode, encode } from "./payloads.ts";
import { signalSystemWorkflow } from "./signal-system-workflow.ts";
import type { Temporal } from "./temporal.ts";

const longestTitle = 300;
const longestText = 2_000;

/** Raises an alert, or tells the one that is there; an occurrence that it knows changes nothing. Its id. */
export async function raiseAlert(temporal: Temporal, said: RaisedAlert): Promise<string> {
  const { title, text, tenant } = said;
  const raised = { ...said, title: title.slice(0, longestTitle), text: text.slice(0, longestText) };
  const id = alertIdOf(raised);
  const workflowId = serverIdOf(temporal, raised);
  const described = await describeIfThere(temporal, { workflowId });
  // Also of one that is over: whoever raises it may be repeated any time.
  const earlier = alertIn(described?.workflowExecutionInfo);
  if (earlier?.occurrences.includes(raised.occurrence)) return id;
  const { record } = withRaised(earlier && forgotten(earlier), raised, Date.now());
  await signalSystemWorkflow(temporal, {
    workflowId,
    type: alertWorkflow,
    signal: raiseSignal,
    value: raised,
    // Of one that is over: which occurrences it knows, and which messages the next ones come after.
    input: earlier && forgotten(earlier),
    memo: { [alertMemo]: record },
    marks: marksOfAlert(record),
    tenant,
  });
  return id;
}

/** Says that what was raised is over; of an alert that is not there, or is over, nothing changes. */
export async function endAlert(
  temporal: Temporal,
  alert: Pick<RaisedAlert, "tenant" | "rule" | "subject">,
  end: AlertEnd,
): Promise<void> {
  const { namespace, identity } = temporal;
  const run = { workflowId: serverIdOf(temporal, alert) };
  const request = {
    namespace,
    identity,
    requestId: randomUUID(),
    workflowExecution: run,
    signalName: endSignal,
    input: { payloads: [encode(end)] },
  };
  try {
    await temporal.call((service) => service.signalWorkflowExecution(request), { run });
  } catch (error) {
    if (!(error instanceof RunClosed) && !(error instanceof RunNotFound)) throw error;
  }
}

/** What an alert's workflow knows; `undefined` of another workflow. */
export function alertIn(info: api.api.workflow.v1.IWorkflowExecutionInfo | null | undefined): AlertRecord | undefined {
  return decode(info?.memo?.fields?.[alertMemo]) as AlertRecord | undefined;
}

/** For who sees the server's ids; a tenant's client has the prefix anyway. */
function serverIdOf(temporal: Temporal, alert: Pick<RaisedAlert, "tenant" | "rule" | "subject">): string {
  return idOfTenant(temporal, alert.tenant, alertWorkflowId(alertIdOf(alert)));
}
