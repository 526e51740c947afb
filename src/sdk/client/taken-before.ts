// What a closed run, or one that it continues, has taken under a key: a message that comes again then is done already. Open runs
// know that themselves.
import type { temporal as api } from "@temporalio/proto";
import {
  type AnsweredBefore,
  carriedArgumentHeaderName,
  carriedHeaderName,
  signalKeyHeaderName,
  type TakenBefore,
} from "../core/intake.ts";
import type { RunReference } from "./grpc-errors.ts";
import { decode } from "./payloads.ts";
import { fetchEvents, fetchStart } from "./run-history.ts";
import type { Temporal } from "./temporal.ts";

/** Which run before the given one has answered an update. */
export async function answeredBefore(
  temporal: Temporal,
  run: RunReference,
  updateId: string,
): Promise<AnsweredBefore | undefined> {
  const { updates = [] } = takenBefore(await fetchStart(temporal, run));
  return updates.find(({ ids }) => ids.includes(updateId));
}

/** Whether a signal of that key is in the run's history, or was taken by a run before it. */
export async function hasTakenSignal(temporal: Temporal, run: RunReference, key: string): Promise<boolean> {
  return (await fetchEvents(temporal, run)).some(
    ({ workflowExecutionSignaledEventAttributes: signaled, workflowExecutionStartedEventAttributes: start }) =>
      decode(signaled?.header?.fields?.[signalKeyHeaderName]) === key ||
      (start && takenBefore(start).signals?.includes(key)),
  );
}

function takenBefore({ header, input }: api.api.history.v1.IWorkflowExecutionStartedEventAttributes): TakenBefore {
  const isArgument = header?.fields?.[carriedArgumentHeaderName];
  return decode(isArgument ? input?.payloads?.[1] : header?.fields?.[carriedHeaderName]) ?? {};
}
