import type { Command } from "commander";
import { UsageError } from "./errors/usage-error.ts";
import { rateOption, textOption } from "./option-values.ts";
import type { BatchStart } from "./start-confirmed.ts";

/** Adds the options of {@link BatchStart}. */
export function addBatchStart(command: Command): Command {
  return command
    .option("--reason <text>", "why; needed unless it is a dry run", textOption)
    .option("--dry-run", "only say what would be done")
    .option("--yes", "a batch is not asked about; needed without a terminal")
    .option("--rate <number>", "of a batch: items a second at most (default: 10)", rateOption)
    .option("--watch", "follow the batch to its end");
}

/**
 * The options with a reason; a dry run, which leaves no trace, has one of its own.
 *
 * @throws {@link UsageError} without a reason.
 */
export function reasonFor<Options extends BatchStart>(options: Options): Options {
  if ((options.reason as string | undefined) !== undefined) return options;
  if (options.dryRun) return { ...options, reason: "dry run" };
  throw new UsageError("Say why by --reason; it is kept with what is done.");
}
