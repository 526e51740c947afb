import { Argument, type Command, Option } from "commander";
import { deadLetterStatuses, type RedriveMode } from "tenuto";
import { addBatchStart, reasonFor } from "./batch-options.ts";
import type { BulkOptions } from "./bulk-letters.ts";
import { addLetterFilter } from "./letter-filter.ts";
import type { ListLettersOptions } from "./list-letters.ts";
import { idArgument, idArguments, textOption, wholeNumber } from "./option-values.ts";
import type { RedriveLettersOptions } from "./redrive-letters.ts";
import type { RunCommand } from "./run-command.ts";

export const redriveModes = ["continue", "restart", "compensate", "fail"] as const satisfies readonly RedriveMode[];

/** Adds `tenuto dead-letters …`. */
export function addDeadLetterCommands(program: Command, run: RunCommand): void {
  const letters = program.command("dead-letters").description("Failures that nobody has dealt with.");

  addLetterFilter(letters.command("list").description("Lists them, the one that was opened last first."))
    .addOption(
      new Option("--status <status>", "that stand so (default: open and redriving)").choices(deadLetterStatuses),
    )
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListLettersOptions, command: Command) =>
      run(command, async (cli) => (await import("./list-letters.ts")).listLetters(cli, options)),
    );

  letters
    .command("show")
    .description("Shows all that is known about one.")
    .argument("<id>", "its id", idArgument)
    .action((id: string, _options: object, command: Command) =>
      run(command, async (cli) => (await import("./show-letter.ts")).showLetter(cli, id)),
    );

  addChoice(letters.command("redrive"))
    .description("Makes one go again, or many by a batch.")
    .addOption(new Option("--mode <mode>", "how (default: the sound one)").choices(redriveModes))
    .option("--incident <id>", "of one: which incident, when several are open")
    .option("--input <json>", "of one: other input of the step or the run; JSON, @FILE or @-")
    .option("--output <json>", "of one: the step was done by hand, and this is its output; JSON, @FILE or @-")
    .option("--confirm-no-effect", "of one: with --input, that the step had no effect so far")
    .action((ids: readonly string[] = [], options: RedriveLettersOptions, command: Command) =>
      run(command, async (cli) => (await import("./redrive-letters.ts")).redriveLetters(cli, ids, reasonFor(options))),
    );

  addChoice(letters.command("discard"))
    .description("Closes one that is dealt with otherwise, or many by a batch.")
    .action((ids: readonly string[] = [], options: BulkOptions, command: Command) =>
      run(command, async (cli) => (await import("./discard-letters.ts")).discardLetters(cli, ids, reasonFor(options))),
    );

  letters
    .command("note")
    .description("Adds a note to one.")
    .argument("<id>", "its id", idArgument)
    .argument("<text>", "what is to be known", textOption)
    .action((id: string, text: string, _options: object, command: Command) =>
      run(command, async (cli) => (await import("./note-letter.ts")).noteLetter(cli, id, text)),
    );
}

/** Of one by its id, or of many: ids, conditions, and what a batch takes. */
function addChoice(command: Command): Command {
  const withIds = command.addArgument(
    new Argument("[ids...]", "one id, or several for a batch").argParser(idArguments),
  );
  return addBatchStart(
    addLetterFilter(withIds)
      .option("--error <type>", "with an error of that class")
      .option("--all", "all that are open"),
  );
}
