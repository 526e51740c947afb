// Delivers an event of a dead letter again, on a worker of the event's app: its code says what is done with it. It may be cut
// anywhere and made again: the event's source and id are the key of all that it does.
import { Context } from "@temporalio/activity";
import { clientOn } from "../client/create-client.ts";
import { deliver, type Delivery, type IncomingEvent } from "../client/deliver-event.ts";
import type { Encryption } from "../client/encryption.ts";
import { isPassing, refusalOf } from "../client/event-refusal.ts";
import { clearError } from "../client/keep-event.ts";
import { inputOfLetter } from "../client/letter-input.ts";
import { letterWorkflowId } from "../client/open-dead-letter.ts";
import { seenInReport, tellErrorGroups } from "../client/tell-error-groups.ts";
import type { Temporal } from "../client/temporal.ts";
import type { App } from "../core/define-app.ts";
import type { BriefError } from "../core/dead-letter.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import { deliverEventActivityType, type EventRedelivery, type LetterEvent } from "../core/letter-event.ts";
import type { RedriveTask } from "../core/redrive.ts";
import { serverOf } from "./redrive-activities.ts";
import { whileBeating } from "./while-beating.ts";

/** What no time heals is tried no more often. */
const mostAttempts = 5;

/** The activity by which a dead letter's workflow has an event of an app delivered. */
export function deliverEventActivity(
  app: App,
  encryption: Encryption | undefined,
): Readonly<Record<string, (task: RedriveTask) => Promise<EventRedelivery>>> {
  return { [deliverEventActivityType]: async (task) => whileBeating(() => redelivered(app, encryption, task)) };
}

async function redelivered(app: App, encryption: Encryption | undefined, task: RedriveTask): Promise<EventRedelivery> {
  const { record } = task;
  const server = serverOf(encryption);
  const temporal = record.tenant === undefined ? server : server.forTenant(record.tenant);
  const end = await taken({ temporal, app }, task);
  if (end.outcome === "refused") await tellGroup(server, task, end.error);
  return end;
}

interface Place {
  readonly temporal: Temporal;
  readonly app: App;
}

async function taken({ temporal, app }: Place, { record, request, requestId }: RedriveTask): Promise<EventRedelivery> {
  const { event: kept, tenant, id } = record;
  const source = app.sources?.find(({ name }) => name === kept?.source);
  if (!kept || !source) {
    const message = `App "${app.name}" has no event source "${kept?.source ?? ""}" any more.`;
    return { outcome: "refused", error: { type: "UnknownSource", message } };
  }
  const { input } = request;
  const workflowId = letterWorkflowId(temporal, id, tenant);
  const event = eventOf(kept, input ? input.value : await inputOfLetter(temporal, record, workflowId));
  const refused = (error: BriefError): EventRedelivery => ({
    outcome: "refused",
    error: clearError(app, error, event.data),
  });
  try {
    const delivery = await deliver(clientOn(temporal, app), source, event, {
      // The window that has refused it knows its id.
      again: kept.window === undefined ? undefined : requestId,
    });
    const error = refusalOf(source, delivery);
    return error ? refused(error) : endOf(delivery, temporal);
  } catch (error) {
    if (isPassing(error) || !(error instanceof Error) || Context.current().info.attempt < mostAttempts) throw error;
    return refused({ type: error.name, message: `It failed ${mostAttempts} times: ${error.message}` });
  }
}

/** One that can't be read is only asked for with what was given instead. */
function eventOf({ content, id = "", type = "" }: LetterEvent, input: unknown): IncomingEvent {
  return content === "data" ? { id, type, data: input } : (input as IncomingEvent);
}

function endOf(delivery: Delivery, { idPrefix }: Temporal): EventRedelivery {
  if (delivery.outcome !== "accepted" && delivery.outcome !== "duplicate") return { outcome: "filtered" };
  return { ...delivery, workflowId: idPrefix + delivery.workflowId };
}

/** A failure of an event counts each time that somebody has it delivered. */
async function tellGroup(server: Temporal, { record, requestId }: RedriveTask, error: BriefError): Promise<void> {
  const { id, type, step } = record;
  const fingerprint = fingerprintOfFailure({ type, step, error });
  const report = { ...record, kind: "poison", error, fingerprint, at: new Date().toISOString() } as const;
  await tellErrorGroups(server, [seenInReport(report, id, requestId)]);
}
