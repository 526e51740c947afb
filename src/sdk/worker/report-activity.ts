import { Context } from "@temporalio/activity";
import { reportActivityType, type RunReport } from "../core/dead-letter.ts";
import type { Encryption } from "../client/encryption.ts";
import { Temporal } from "../client/temporal.ts";
import { openDeadLetter } from "./open-dead-letter.ts";
import { withFacts } from "./read-failure.ts";

/** The activity that opens the dead letter of a run; a repeat is a no-op. */
export function reportActivity(
  encryption: Encryption | undefined,
): Readonly<Record<string, (report: RunReport) => Promise<void>>> {
  return {
    [reportActivityType]: async (report) => {
      const { client } = Context.current();
      const { connection, options } = client;
      const { namespace, identity } = options;
      const temporal = new Temporal({ connection, namespace, identity, encryption });
      await openDeadLetter(client, await withFacts(temporal, report));
    },
  };
}
