import { Argument, type Command, Option } from "commander";
import { type BatchAction, batchActions, batchOutcomes, batchStatuses } from "tenuto";
import { addBatchStart, reasonFor } from "./batch-options.ts";
import { redriveModes } from "./dead-letter-commands.ts";
import { addLetterFilter } from "./letter-filter.ts";
import type { ListBatchesOptions } from "./list-batches.ts";
import type { ListBatchItemsOptions } from "./list-batch-items.ts";
import { idArgument, idArguments, textOption, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";
import type { ShowBatchOptions } from "./show-batch.ts";
import type { StartBatchOptions } from "./start-batch.ts";

/** Adds `tenuto batch …`. */
export function addBatchCommands(program: Command, run: RunCommand): void {
  const batches = program.command("batch").description("One thing done to many dead letters, or many runs.");

  const start = batches
    .command("start")
    .description("Starts one.")
    .addArgument(
      new Argument("<action>", "redrive and discard dead letters, or act on runs that are open").choices(batchActions),
    )
    .addArgument(new Argument("[ids...]", "of dead letters, or workflow ids").argParser(idArguments));
  addBatchStart(
    addLetterFilter(start)
      .option("--error <type>", "dead letters with an error of that class")
      .option("--mark <mark>", "runs with that mark: parked, paused, partial or waiting")
      .option("--all", "all that there are")
      .addOption(new Option("--mode <mode>", "how to redrive (default: the sound one)").choices(redriveModes))
      .option("--signal <name>", "the signal to send")
      .option("--input <json>", "what it carries; JSON, @FILE or @-"),
  ).action((action: BatchAction, ids: readonly string[] = [], options: StartBatchOptions, command: Command) =>
    run(command, async (cli) => (await import("./start-batch.ts")).startBatch(cli, action, ids, reasonFor(options))),
  );

  batches
    .command("list")
    .description("Lists them, the newest first.")
    .addOption(new Option("--status <status>", "that stand so").choices(batchStatuses))
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 20)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListBatchesOptions, command: Command) =>
      run(command, async (cli) => (await import("./list-batches.ts")).listBatches(cli, options)),
    );

  batches
    .command("show")
    .description("Shows one.")
    .argument("<id>", "its id", idArgument)
    .option("--watch", "follow it to its end")
    .action((id: string, options: ShowBatchOptions, command: Command) =>
      run(command, async (cli) => (await import("./show-batch.ts")).showBatch(cli, id, options)),
    );

  batches
    .command("items")
    .description("Lists what one is about, with what became of each.")
    .argument("<id>", "its id", idArgument)
    .addOption(new Option("--outcome <outcome>", "that ended so").choices(batchOutcomes))
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((id: string, options: ListBatchItemsOptions, command: Command) =>
      run(command, async (cli) => (await import("./list-batch-items.ts")).listBatchItems(cli, id, options)),
    );

  batches
    .command("stop")
    .description("Has one begin no further item.")
    .argument("<id>", "its id", idArgument)
    .requiredOption("--reason <text>", "why", textOption)
    .action((id: string, { reason }: { readonly reason: string }, command: Command) =>
      run(command, async (cli) => (await import("./stop-batch.ts")).stopBatch(cli, id, reason)),
    );
}
