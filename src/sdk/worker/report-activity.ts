import { reportActivityType, type RunReport } from "../core/dead-letter.ts";
import type { Encryption } from "../client/encryption.ts";
import { openDeadLetter } from "../client/open-dead-letter.ts";
import { withFacts } from "../client/read-failure.ts";
import { serverOf } from "./redrive-activities.ts";

/** The activity that opens the dead letter of a run; a repeat is a no-op. */
export function reportActivity(
  encryption: Encryption | undefined,
): Readonly<Record<string, (report: RunReport) => Promise<void>>> {
  return {
    [reportActivityType]: async (report) => {
      const temporal = serverOf(encryption);
      await openDeadLetter(temporal, await withFacts(temporal, report));
    },
  };
}
