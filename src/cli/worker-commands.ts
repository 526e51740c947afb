import type { Command } from "commander";
import type { CliHost } from "./host.ts";
import { textOption } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";
import type { RunWorkerOptions } from "./run-worker.ts";

/** Adds `tenuto worker` and `tenuto doctor`. */
export function addWorkerCommands(program: Command, run: RunCommand, host: CliHost): void {
  program
    .command("worker")
    .description("Runs a worker of an app until it is stopped, without the API; it tells /readyz and /metrics.")
    .requiredOption(
      "--app <module>",
      "the module that exports `app`, `workflows` (URL or path of the workflows file) and `activities`, such as ./dist/worker.js",
      textOption,
    )
    .option("--queues <names>", "which of the app's queues, comma-separated (TENUTO_QUEUES; default: all)", textOption)
    .option(
      "--slots <slots>",
      "how much at once on each queue: workflows=40,activities=100,localActivities=100 or memory=0.8,cpu=0.9 (TENUTO_SLOTS)",
      textOption,
    )
    .action((options: RunWorkerOptions, command: Command) =>
      run(command, async () => (await import("./run-worker.ts")).runWorker(host, options)),
    );

  program
    .command("doctor")
    .description("Looks at all that Tenuto needs, and says what to do about what is missing.")
    .action((_options: object, command: Command) =>
      run(command, async (cli) => (await import("./doctor.ts")).showDiagnosis(cli)),
    );
}
