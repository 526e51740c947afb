// Has the code of the app's rule make one run of the events of a window. It may be cut anywhere and made again: the window's
// key begins one run. What no time heals is an answer; all else is thrown, and tried again.
import type { BriefError } from "../core/dead-letter.ts";
import type { App } from "../core/define-app.ts";
import type { Idempotency } from "../core/define-workflow.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { IdempotencyKeyReused } from "../core/errors/idempotency-key-reused.ts";
import { RunAlreadyStarted } from "../core/errors/run-already-started.ts";
import { laneOfStart } from "../core/priority.ts";
import { UnknownWorkflowType } from "../core/errors/unknown-workflow-type.ts";
import type { EventAction } from "../core/event-rule.ts";
import {
  type RefusedWindow,
  windowActivityTypes,
  type WindowStart,
  type WindowStarted,
  type WindowSubject,
} from "../core/window-record.ts";
import { clientOn } from "../client/create-client.ts";
import { describeIfThere } from "../client/describe-raw.ts";
import type { Encryption } from "../client/encryption.ts";
import { reportRefusedWindow } from "../client/report-refused-window.ts";
import { type RunStatus, runStatusOf } from "../client/run-status.ts";
import type { Temporal } from "../client/temporal.ts";
import { serverOf } from "./redrive-activities.ts";
import { whileBeating } from "./while-beating.ts";

/** The activities of an app's worker by which windows start their runs, and keep what no run takes. */
export function appWindowActivities(app: App, encryption: Encryption | undefined) {
  return {
    [windowActivityTypes.start]: (start: WindowStart): Promise<WindowStarted> =>
      whileBeating(() => startFromWindow(app, start, serverOf(encryption))),
    [windowActivityTypes.report]: (refused: RefusedWindow): Promise<readonly string[]> => {
      const server = serverOf(encryption);
      const { tenant } = refused.subject;
      const temporal = tenant === undefined ? server : server.forTenant(tenant);
      return whileBeating(() => reportRefusedWindow({ temporal, app }, refused));
    },
  } as const;
}

type StartAction = EventAction & { readonly does: "start" };

async function startFromWindow(app: App, { subject, idempotencyKey, data }: WindowStart, server: Temporal) {
  const action = actionOf(app, subject);
  if (!action) return { refused: goneRule(app, subject) };
  const temporal = subject.tenant === undefined ? server : server.forTenant(subject.tenant);
  try {
    const input = action.input(data);
    const workflowId = action.workflowId?.(data);
    const lane = laneOfStart(undefined, action.lane, { input: data });
    const options = { idempotencyKey, lane, ...(workflowId !== undefined && { workflowId }) };
    const run = await clientOn(temporal, app).start(action.workflow, input, options);
    const runId = run.existing ? await firstRunOf(temporal, run) : run.runId;
    return { workflowId: run.workflowId, runId };
  } catch (error) {
    const refused = await refusalOf(error, { app, temporal, action });
    if (refused) return { refused };
    throw error;
  }
}

/** A rule that has a window no longer has functions for one event. */
function actionOf({ sources = [] }: App, { source, type }: WindowSubject): StartAction | undefined {
  const on = sources.find(({ name }) => name === source)?.on ?? {};
  const action = Object.hasOwn(on, type) ? on[type]?.action : undefined;
  return action?.does === "start" && action.window ? action : undefined;
}

function goneRule({ name }: App, { source, type }: WindowSubject): BriefError {
  const message = `App "${name}" has no rule with a window for events "${type}" of source "${source}" any more`;
  return { type: "RuleGone", message };
}

/** Of those that continue each other; a run that an earlier attempt has begun may have gone on as another. */
async function firstRunOf(temporal: Temporal, { workflowId, runId }: { workflowId: string; runId: string }) {
  const info = (await describeIfThere(temporal, { workflowId }))?.workflowExecutionInfo;
  return info?.firstRunId || runId;
}

/**
 * Whether no later start gets a workflow id that was in use a moment ago. By what the contract allows and not by whether the
 * run still goes: it may have ended since.
 */
export function isTakenForGood(idempotency: Idempotency, status: RunStatus): boolean {
  switch (idempotency) {
    case "once-per-id":
      return true;
    case "retry-if-failed":
      return status === "completed";
    case "allow-duplicate":
      return false;
  }
}

const refusals = [InvalidInput, UnknownWorkflowType, PayloadTooLarge, IdempotencyKeyReused];

interface Refused {
  readonly app: App;
  readonly temporal: Temporal;
  readonly action: StartAction;
}

async function refusalOf(error: unknown, { app, temporal, action }: Refused): Promise<BriefError | undefined> {
  if (error instanceof RunAlreadyStarted) {
    const contract = app.workflows.find(({ name }) => name === action.workflow);
    const run = await describeIfThere(temporal, { workflowId: error.workflowId });
    const status = runStatusOf(run?.workflowExecutionInfo?.status);
    return isTakenForGood(contract?.idempotency ?? "once-per-id", status)
      ? { type: error.name, message: error.message }
      : undefined;
  }
  if (error instanceof Error && refusals.some((Refusal) => error instanceof Refusal))
    return { type: error.name, message: error.message };
  return undefined;
}
