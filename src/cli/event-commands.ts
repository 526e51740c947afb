import type { Command } from "commander";
import type { CliHost } from "./host.ts";
import type { ListWindowsOptions } from "./list-event-windows.ts";
import { idArgument, textOption, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";

interface Reasoned {
  readonly reason: string;
}

/** Adds `tenuto events …`. */
export function addEventCommands(program: Command, run: RunCommand, host: CliHost): void {
  const events = program.command("events").description("Where events come from, and how their consumers stand.");

  events
    .command("list", { isDefault: true })
    .description("Lists the event sources.")
    .action((_options: object, command: Command) =>
      run(command, async (cli) => (await import("./list-event-sources.ts")).listEventSources(cli)),
    );

  events
    .command("show")
    .description("Shows one, with each process that takes its events.")
    .argument("<name>", "its name", idArgument)
    .action((name: string, _options: object, command: Command) =>
      run(command, async (cli) => (await import("./show-event-source.ts")).showEventSource(cli, name)),
    );

  events
    .command("windows")
    .description("Lists the windows that gather events, the one that began last first.")
    .argument("[source]", "of that source", idArgument)
    .option("--tenant <tenant>", "of that tenant, for who has none")
    .option("--limit <number>", "how many at most", wholeNumber(1, 1_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((source: string | undefined, options: ListWindowsOptions, command: Command) =>
      run(command, async (cli) =>
        (await import("./list-event-windows.ts")).listEventWindows(cli, { ...options, source }),
      ),
    );

  events
    .command("window")
    .description("Shows one of them: what waits, since when, its run, and what was refused.")
    .argument("<id>", "its id", idArgument)
    .option("--tenant <tenant>", "of that tenant, for who has none")
    .action((id: string, { tenant }: { readonly tenant?: string }, command: Command) =>
      run(command, async (cli) => (await import("./show-event-window.ts")).showEventWindow(cli, { id, tenant })),
    );

  for (const change of ["pause", "resume"] as const) {
    events
      .command(change)
      .description(
        change === "pause" ? "Has no process take its events until it is resumed." : "Takes its events again.",
      )
      .argument("<name>", "its name", idArgument)
      .requiredOption("--reason <text>", "why", textOption)
      .action((name: string, { reason }: Reasoned, command: Command) =>
        run(command, async (cli) =>
          (await import("./change-event-source.ts")).changeEventSource(cli, { name, change, reason }),
        ),
      );
  }

  events
    .command("run")
    .description("Takes the events of an app's brokers until it is stopped, without the API.")
    .requiredOption("--app <module>", "the module that exports it, such as ./dist/app.js", textOption)
    .action(({ app }: { readonly app: string }, command: Command) =>
      run(command, async () => (await import("./run-events.ts")).runEvents(host, app)),
    );
}
