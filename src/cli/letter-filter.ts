import { type Command, Option } from "commander";
import { type DeadLetterKind, deadLetterKinds } from "tenuto";
import { timeOption } from "./option-values.ts";

/** The options by which dead letters are chosen. */
export interface LetterFilter {
  readonly type?: string;
  readonly step?: string;
  readonly kind?: DeadLetterKind;
  readonly fingerprint?: string;
  readonly since?: string;
  readonly until?: string;
}

/** Adds the options of {@link LetterFilter}. */
export function addLetterFilter(command: Command): Command {
  return command
    .option("--type <type>", "of workflows of that type, or events of that source")
    .option("--step <step>", "whose failed step is that activity, such as payments.chargeCard; or events of that type")
    .addOption(new Option("--kind <kind>", "that failed in that way").choices(deadLetterKinds))
    .option("--fingerprint <fingerprint>", "of that pattern of failure")
    .option("--since <time>", "first seen then or later: a time, or how long ago, such as 2h", timeOption)
    .option("--until <time>", "first seen before that", timeOption);
}

/** The conditions that are given, without other options. */
export function letterFilterOf({ type, step, kind, fingerprint, since, until }: LetterFilter): LetterFilter {
  return {
    ...(type !== undefined && { type }),
    ...(step !== undefined && { step }),
    ...(kind !== undefined && { kind }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
}
