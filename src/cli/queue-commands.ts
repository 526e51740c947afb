import type { Command } from "commander";
import { idArgument, limitOption, textOption } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";

interface RateOptions {
  readonly perSecond?: number | "none";
  readonly perKey?: number | "none";
  readonly reason: string;
}

/** Adds `tenuto queues …`. */
export function addQueueCommands(program: Command, run: RunCommand): void {
  const queues = program.command("queues").description("Task queues of the app: what waits there, and who takes it.");

  queues
    .command("list", { isDefault: true })
    .description("Lists the task queues.")
    .action((_options: object, command: Command) =>
      run(command, async (cli) => (await import("./list-queues.ts")).listQueues(cli)),
    );

  queues
    .command("rate")
    .description("Limits how many steps of a task queue begin in a second; workers keep to it within seconds.")
    .argument("<name>", "its name", idArgument)
    .option(
      "--per-second <number>",
      "of the queue, by all workers together; 0 holds all, none takes it away",
      limitOption,
    )
    .option("--per-key <number>", "of each fairness key, times its weight; as --per-second", limitOption)
    .requiredOption("--reason <text>", "why", textOption)
    .action((name: string, options: RateOptions, command: Command) =>
      run(command, async (cli) => (await import("./set-queue-rate.ts")).setQueueRate(cli, { name, ...options })),
    );
}
