// Alerts as callers see them: where one stands is in its memo, which needs no worker.
import {
  acknowledgeUpdate,
  type AlertBookkeeping,
  type AlertRecord,
  type AlertStatus,
  alertWorkflow,
} from "../core/alert.ts";
import { alertMark, alertRuleMark, alertStatusMark, alertWorkflowId } from "../core/alert-id.ts";
import { AlertNotFound } from "../core/errors/alert-not-found.ts";
import { AlertNotOpen } from "../core/errors/alert-not-open.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { askSystemWorkflow } from "./ask-system-workflow.ts";
import { describeIfThere } from "./describe-raw.ts";
import { listPage } from "./list-runs.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { alertIn } from "./raise-alert.ts";
import { runErrorOf } from "./run-failure.ts";
import type { SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";
import { canBeFound, quote } from "./visibility-query.ts";

/** What a rule has found about one subject, and where that stands; times are RFC 3339. */
export type Alert = Omit<AlertRecord, AlertBookkeeping | "coolDownMs" | "escalation">;

/** Which alerts to list; what is not given is no condition. */
export interface AlertListOptions {
  readonly status?: AlertStatus | undefined;
  /** The id of the rule that raised it. */
  readonly rule?: string | undefined;
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of alerts, the one that was first raised last first. */
export interface AlertPage {
  readonly items: readonly Alert[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** @throws what {@link TenutoClient.alerts} throws. */
export async function listAlerts(
  temporal: Temporal,
  { status, rule, limit, cursor }: AlertListOptions,
): Promise<AlertPage> {
  if (rule !== undefined && !canBeFound(rule)) return { items: [] };
  const marks = [
    ...(status === undefined ? [] : [alertStatusMark(status)]),
    ...(rule === undefined ? [] : [alertRuleMark(rule)]),
  ];
  const query = [
    `WorkflowType = ${quote(alertWorkflow)}`,
    `ExecutionStatus IN ('Running', 'Completed')`,
    ...marks.map((mark) => `${marksAttribute} = ${quote(mark)}`),
  ].join(" AND ");
  const { infos, nextCursor } = await listPage(temporal, { query, limit, cursor });
  const items = infos
    .flatMap((info) => alertIn(info) ?? [])
    // SQLite compares without case.
    .filter((alert) => (status === undefined || alert.status === status) && (rule === undefined || alert.rule === rule))
    .map(alertOf);
  return { items, ...(nextCursor !== undefined && { nextCursor }) };
}

function alertOf(record: AlertRecord): Alert {
  const { occurrences: _, lastMessages: __, patience: ___, coolDownMs: ____, escalation: _____, ...alert } = record;
  return alert;
}

/** @throws what {@link TenutoClient.acknowledgeAlert} throws. */
export async function acknowledgeAlert(
  temporal: Temporal,
  id: string,
  { by = temporal.identity, reason }: Omit<SteerOptions, "runId">,
): Promise<Alert> {
  const { alert, workflowId } = await locate(temporal, id);
  const run = { workflowId };
  const payload = encodeWithinLimit({ by, reason }, "The reason");
  const update = updateRequest(temporal, { run, name: acknowledgeUpdate, payload });
  const { outcome } = await askSystemWorkflow(
    temporal,
    { workflowId, type: alertWorkflow, what: "the alert" },
    (deadline) => temporal.call((service) => service.updateWorkflowExecution(update), { run, deadline }),
  ).catch((error: unknown) => {
    if (error instanceof RunClosed || error instanceof RunNotFound) throw notOpen({ ...alert, status: "resolved" });
    throw error;
  });
  if (!outcome?.failure) return alertOf(decode(outcome?.success?.payloads?.[0]) as AlertRecord);
  const { type, message } = runErrorOf(outcome.failure);
  if (type === "AlertNotOpen") throw notOpen((await locate(temporal, id)).alert);
  throw new InvalidInput("The acknowledgement", [{ pointer: "/reason", message }]);
}

function notOpen({ id, status, acknowledged }: AlertRecord): AlertNotOpen {
  const isTaken = status === "acknowledged" && acknowledged !== undefined;
  const who = isTaken ? ` by "${acknowledged.by}" since ${acknowledged.at} (${acknowledged.reason})` : "";
  return new AlertNotOpen({ id, status }, `it is ${status}${who}`);
}

/** By its id; for who sees all tenants, also that of one of them. */
async function locate(temporal: Temporal, id: string) {
  const own = alertWorkflowId(id);
  const known = alertIn((await describeIfThere(temporal, { workflowId: own }))?.workflowExecutionInfo);
  if (known) return { alert: known, workflowId: own };
  if (!canBeFound(id)) throw new AlertNotFound(id);
  const query = `WorkflowType = ${quote(alertWorkflow)} AND ${marksAttribute} = ${quote(alertMark(id))}`;
  const { infos } = await listPage(temporal, { query, limit: 1 });
  const alert = alertIn(infos[0]);
  if (!alert) throw new AlertNotFound(id);
  return { alert, workflowId: infos[0]?.execution?.workflowId ?? "" };
}
