import { type Command, Option } from "commander";
import { textOption } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";
import type { ShowMetricsOptions } from "./show-metrics.ts";

const windows = ["1h", "24h", "7d", "30d"];

/** Adds `tenuto metrics`. */
export function addMetricsCommands(program: Command, run: RunCommand): void {
  program
    .command("metrics")
    .description("Tells the numbers of a window beside those of the period before, and what is open.")
    .addOption(new Option("--window <window>", "how far back").choices(windows).default("24h"))
    .option("--type <type>", "only workflows of a type", textOption)
    .action((options: ShowMetricsOptions, command: Command) =>
      run(command, async (cli) => (await import("./show-metrics.ts")).showMetrics(cli, options)),
    );
}
