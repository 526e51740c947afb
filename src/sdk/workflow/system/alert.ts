import { WorkflowExecutionAlreadyStartedError } from "@temporalio/common";
import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  ParentClosePolicy,
  setHandler,
  startChild,
  upsertMemo,
  WorkflowIdReusePolicy,
  workflowInfo,
} from "@temporalio/workflow";
import {
  acknowledgeUpdate,
  type AlertEnd,
  alertMemo,
  type AlertRecord,
  endSignal,
  type RaisedAlert,
  raiseSignal,
} from "../../core/alert.ts";
import type { AlertDelivery } from "../../core/alert-delivery.ts";
import { marksOfAlert } from "../../core/alert-id.ts";
import {
  type AlertState,
  forgettableAt,
  nextDueAt,
  type OutgoingMessage,
  withAcknowledgement,
  withEnd,
  withRaised,
  withTime,
} from "../../core/alert-state.ts";
import type { OperatorNote } from "../../core/incident.ts";
import { tenantMemo } from "../../core/tenant.ts";
import { replaceMarks } from "../marks.ts";
import { continuedWith, isLong } from "./continued-with.ts";
import { tenutoAlertDelivery } from "./alert-delivery.ts";

/** A history that is read again at each start of a worker stays short. */
const defaultEventsPerRun = 1_000;

/**
 * One alert: from when a rule finds something until that is over and its cool-down is, too. Its memo has the record, so
 * that nothing needs a worker to read it. Each message to each channel is a workflow of its own, under an id that is made
 * of what is said: beginning it again begins nothing.
 */
export async function tenutoAlert(carried?: AlertState, eventsPerRun = defaultEventsPerRun): Promise<AlertRecord> {
  let state = carried;
  let published = carried?.record;
  // Once for all that came together, so that a burst of signals makes no longer a history than it must.
  const publish = ({ record }: AlertState) => {
    if (record === published) return;
    published = record;
    upsertMemo({ [alertMemo]: record });
    replaceMarks(marksOfAlert(record));
  };
  setHandler(defineSignal<[RaisedAlert]>(raiseSignal), (raised) => {
    state = withRaised(state, raised, Date.now());
  });
  setHandler(defineSignal<[AlertEnd]>(endSignal), (end) => {
    if (state) state = withEnd(state, end, Date.now());
  });
  setHandler(
    defineUpdate<AlertRecord, [OperatorNote]>(acknowledgeUpdate),
    (note) => {
      state = withAcknowledgement(known(state), note, Date.now());
      return state.record;
    },
    {
      validator: (note: OperatorNote) => {
        assertNote(note);
        assertOpen(known(state).record);
      },
    },
  );

  await condition(() => state !== undefined);
  for (;;) {
    const now = withTime(known(state), Date.now());
    state = now;
    publish(now);
    if (isLong(eventsPerRun)) return continuedWith<typeof tenutoAlert>({ [alertMemo]: now.record }, now, eventsPerRun);
    const [first] = now.outbox;
    if (first) {
      await begin(first);
      // Signals may have come meanwhile.
      const { outbox, ...rest } = known(state);
      state = { ...rest, outbox: outbox.slice(1) };
      continue;
    }
    const dueAt = forgettableAt(now) ?? nextDueAt(now) ?? Infinity;
    if (now.record.status === "resolved" && dueAt <= Date.now()) return now.record;
    const hasChanged = () => state !== now || isLong(eventsPerRun);
    await (dueAt === Infinity ? condition(hasChanged) : condition(hasChanged, dueAt - Date.now()));
  }
}

/** It goes on whatever becomes of the alert. */
async function begin({ suffix, after, ...delivery }: OutgoingMessage): Promise<void> {
  const { workflowId, memo } = workflowInfo();
  const tenant = (memo as Readonly<Record<string, unknown>> | undefined)?.[tenantMemo];
  const task: AlertDelivery = { ...delivery, ...(after !== undefined && { after: `${workflowId}-${after}` }) };
  try {
    await startChild(tenutoAlertDelivery, {
      workflowId: `${workflowId}-${suffix}`,
      args: [task],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      ...(tenant !== undefined && { memo: { [tenantMemo]: tenant } }),
    });
  } catch (error) {
    // It was said before.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function known(state: AlertState | undefined): AlertState {
  if (state) return state;
  throw ApplicationFailure.nonRetryable("Nothing was raised yet", "AlertEmpty");
}

function assertOpen({ status }: AlertRecord): void {
  if (status === "open") return;
  const message = `The alert is not open: it is ${status}`;
  throw ApplicationFailure.create({ type: "AlertNotOpen", message, nonRetryable: true, details: [{ status }] });
}

function assertNote({ by, reason }: OperatorNote): void {
  if ([by, reason].every((text) => typeof text === "string" && text.trim() !== "")) return;
  const message = "Say who takes the alert on (`by`), and why (`reason`)";
  throw ApplicationFailure.nonRetryable(message, "InvalidInput");
}
