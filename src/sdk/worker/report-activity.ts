import { Context } from "@temporalio/activity";
import { reportActivityType, type RunReport } from "../core/dead-letter.ts";
import { Temporal } from "../client/temporal.ts";
import { openDeadLetter } from "./open-dead-letter.ts";
import { withFacts } from "./read-failure.ts";

/** The activity that opens the dead letter of a run; a repeat is a no-op. */
export const reportActivity: Readonly<Record<string, (report: RunReport) => Promise<void>>> = {
  [reportActivityType]: async (report) => {
    const { client, info } = Context.current();
    const { connection } = client;
    const temporal = new Temporal({ connection, namespace: info.namespace, identity: client.options.identity });
    await openDeadLetter(client, await withFacts(temporal, report));
  },
};
