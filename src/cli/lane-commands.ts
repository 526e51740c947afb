import type { Command } from "commander";
import { idArgument, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";
import type { ListLanesOptions } from "./show-lanes.ts";

/** Adds `tenuto lanes …`. */
export function addLaneCommands(program: Command, run: RunCommand): void {
  const lanes = program.command("lanes").description("Runs that share a limit: those at work, and those that wait.");

  lanes
    .command("list", { isDefault: true })
    .description("Lists the lanes that runs are in, those that began last first.")
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListLanesOptions, command: Command) =>
      run(command, async (cli) => (await import("./show-lanes.ts")).listLanes(cli, options)),
    );

  lanes
    .command("show")
    .description("Shows one, with the runs at work and the first of those that wait.")
    .argument("<id>", "its id", idArgument)
    .action((id: string, _options: object, command: Command) =>
      run(command, async (cli) => (await import("./show-lanes.ts")).showLane(cli, id)),
    );
}
