import { Context } from "@temporalio/activity";
import { reportActivityType, type RunReport } from "../core/dead-letter.ts";
import { openDeadLetter } from "./open-dead-letter.ts";

/** The activity that opens the dead letter of a run; a repeat is a no-op. */
export const reportActivity: Readonly<Record<string, (report: RunReport) => Promise<void>>> = {
  [reportActivityType]: (report) => openDeadLetter(Context.current().client, report),
};
