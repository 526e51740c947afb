import type { Command } from "commander";
import type { ListMachinesOptions } from "./list-machines.ts";
import { idArgument, textOption, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";

interface SendOptions {
  readonly data?: string;
  readonly key?: string;
  readonly wait: number;
}

interface RewindOptions {
  readonly to: string;
  readonly reason: string;
}

/** Adds `tenuto machines …`. */
export function addMachineCommands(program: Command, run: RunCommand): void {
  const machines = program.command("machines").description("Runs that are state machines.");

  machines
    .command("list")
    .description("Lists them, newest first.")
    .option("--type <type>", "of that workflow type")
    .option("--state <path>", "that are in this state, or ended in it, such as paid or paid.partly")
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListMachinesOptions, command: Command) =>
      run(command, async (cli) => (await import("./list-machines.ts")).listMachines(cli, options)),
    );

  ofOne(machines, "show", "Shows what one is in, what it takes, and how it came there.").action(
    (workflowId: string, _options: unknown, command: Command) =>
      run(command, async (cli) => (await import("./show-machine.ts")).showMachine(cli, workflowId)),
  );

  ofOne(machines, "send", "Sends one an event, and says what it is in then.")
    .argument("<event>", "the event's name", idArgument)
    .option("--data <json>", "the event's data: JSON, @FILE or @- (default: {})")
    .option("--key <key>", "the event's id: under the same one it is taken once (default: a new one)", textOption)
    .option("--wait <seconds>", "how long the steps of its transition may take until this ends", wholeNumber(0, 60), 30)
    .action((workflowId: string, event: string, options: SendOptions, command: Command) =>
      run(command, async (cli) => (await import("./send-event.ts")).sendEvent(cli, { workflowId, event, ...options })),
    );

  ofOne(machines, "rewind", "Brings one back to an earlier state.")
    .requiredOption("--to <path>", "the state", textOption)
    .requiredOption("--reason <text>", "why", textOption)
    .action((workflowId: string, { to, reason }: RewindOptions, command: Command) =>
      run(command, async (cli) =>
        (await import("./rewind-machine.ts")).rewindMachine(cli, { workflowId, body: { to, reason } }),
      ),
    );

  ofOne(machines, "diagram", "Prints its diagram in Mermaid, with the active states marked.").action(
    (workflowId: string, _options: unknown, command: Command) =>
      run(command, async (cli) => (await import("./draw-machine.ts")).drawMachine(cli, workflowId)),
  );
}

function ofOne(machines: Command, name: string, description: string): Command {
  return machines.command(name).description(description).argument("<id>", "the run's workflow id", idArgument);
}
