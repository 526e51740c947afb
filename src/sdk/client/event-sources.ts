// The event sources of an app as callers see, pause and resume them. Reading takes no worker; changing does.
import type { App } from "../core/define-app.ts";
import type { EventSource } from "../core/define-event-source.ts";
import { EventSourceNotFound } from "../core/errors/event-source-not-found.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import type { ValidationIssue } from "../core/errors/validation-issue.ts";
import { type EventSourceStatus, eventSourceStatus } from "../core/event-source-status.ts";
import { noEventSources } from "../core/event-sources-state.ts";
import {
  eventSourcesMemo,
  type EventSourcesRecord,
  eventSourcesWorkflow,
  eventSourcesWorkflowId,
  pauseSourceUpdate,
  type ProcessReport,
  reportSourcesSignal,
  resumeSourceUpdate,
  type SourceChange,
} from "../core/event-sources.ts";
import { assertOfNamespace } from "./assert-of-namespace.ts";
import { describeIfThere } from "./describe-raw.ts";
import { decode } from "./payloads.ts";
import { runErrorOf } from "./run-failure.ts";
import type { Reach } from "./run-target.ts";
import { signalSystemWorkflow } from "./signal-system-workflow.ts";
import type { SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { updateSystemWorkflow } from "./update-system-workflow.ts";

/** Who pauses or resumes a source, and why. */
export type EventSourceChange = Omit<SteerOptions, "runId">;

/** @throws what {@link TenutoClient.eventSources} throws. */
export async function listEventSources({ temporal, app }: Reach): Promise<readonly EventSourceStatus[]> {
  const record = await readEventSources(temporal, app);
  return sourcesOf(app).map((source) => eventSourceStatus(source, record, Date.now()));
}

/** @throws what {@link TenutoClient.pauseEventSource} throws. */
export async function pauseEventSource(
  reach: Reach,
  source: string,
  change: EventSourceChange,
): Promise<EventSourceStatus> {
  return changeSource(reach, { source, change, name: pauseSourceUpdate });
}

/** @throws what {@link TenutoClient.resumeEventSource} throws. */
export async function resumeEventSource(
  reach: Reach,
  source: string,
  change: EventSourceChange,
): Promise<EventSourceStatus> {
  return changeSource(reach, { source, change, name: resumeSourceUpdate });
}

/** Tells how the sources of a process stand; once it returns, the server has it. */
export async function reportEventSources({ temporal, app }: Reach, report: ProcessReport): Promise<void> {
  const known = await keptOf(temporal, app);
  await signalSystemWorkflow(temporal, {
    workflowId: eventSourcesWorkflowId(app.name),
    type: eventSourcesWorkflow,
    signal: reportSourcesSignal,
    value: report,
    input: known,
    memo: { [eventSourcesMemo]: known },
    marks: [],
  });
}

/** What one begins with that takes the place of one that somebody has ended: no pause is lost. */
async function keptOf(temporal: Temporal, app: App): Promise<EventSourcesRecord> {
  const { paused } = await readEventSources(temporal, app);
  return { ...noEventSources, paused };
}

export async function readEventSources(temporal: Temporal, app: Pick<App, "name">): Promise<EventSourcesRecord> {
  assertOfNamespace(temporal, "Event sources are those of all tenants");
  const described = await describeIfThere(temporal, { workflowId: eventSourcesWorkflowId(app.name) });
  const memo = described?.workflowExecutionInfo?.memo?.fields?.[eventSourcesMemo];
  return (decode(memo) as EventSourcesRecord | undefined) ?? noEventSources;
}

interface Change {
  readonly source: string;
  readonly change: EventSourceChange;
  readonly name: typeof pauseSourceUpdate | typeof resumeSourceUpdate;
}

async function changeSource({ temporal, app }: Reach, asked: Change): Promise<EventSourceStatus> {
  assertOfNamespace(temporal, "Event sources are those of all tenants");
  const known = sourcesOf(app).find(({ name }) => name === asked.source);
  if (!known) throw new EventSourceNotFound(asked.source);
  await updateSources(temporal, app, asked);
  return eventSourceStatus(known, await readEventSources(temporal, app), Date.now());
}

async function updateSources(temporal: Temporal, app: App, { source, change, name }: Change): Promise<void> {
  const { by = temporal.identity, reason } = change;
  const input: SourceChange = { source, by, reason };
  const outcome = await updateSystemWorkflow(temporal, {
    ...{ workflowId: eventSourcesWorkflowId(app.name), type: eventSourcesWorkflow, what: "the event sources" },
    ...{ name, input, inputIs: "The change" },
    begin: async () => {
      const known = await keptOf(temporal, app);
      return { input: known, memo: { [eventSourcesMemo]: known } };
    },
  });
  if (!outcome?.failure) return;
  const { message, data } = runErrorOf(outcome.failure);
  const issues = (data as readonly ValidationIssue[] | undefined) ?? [{ pointer: "", message }];
  throw new InvalidInput(`Event source ${JSON.stringify(source)}`, issues);
}

function sourcesOf({ sources = [] }: App): readonly EventSource[] {
  return sources;
}
