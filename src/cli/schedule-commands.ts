import { type Command, Option } from "commander";
import { scheduleOverlaps } from "tenuto";
import type { BackfillRequest } from "./backfill-schedule.ts";
import { idArgument, textOption, timeOption, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";
import type { ListSchedulesOptions } from "./show-schedules.ts";

interface Reasoned {
  readonly reason: string;
}

interface Triggering extends Reasoned {
  readonly overlap?: string;
}

interface Deploying {
  readonly dryRun?: boolean;
  readonly reason?: string;
}

const why = ["--reason <text>", "why"] as const;
const overlapOption = () =>
  new Option("--overlap <policy>", "what is done when a run has not ended").choices(scheduleOverlaps);

/** Adds `tenuto schedules …`. */
export function addScheduleCommands(program: Command, run: RunCommand): void {
  const schedules = program.command("schedules").description("When runs are started.");
  addShowing(schedules, run);
  addChanging(schedules, run);
  addRunning(schedules, run);

  schedules
    .command("deploy")
    .description("Brings the schedules of the API's code to the server; what was edited by hand is kept.")
    .option("--dry-run", "say only what that would do")
    .option(...why, textOption)
    .action((options: Deploying, command: Command) =>
      run(command, async (cli) => (await import("./deploy-schedules.ts")).deploySchedules(cli, options)),
    );
}

function addShowing(schedules: Command, run: RunCommand): void {
  schedules
    .command("list")
    .description("Lists them.")
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListSchedulesOptions, command: Command) =>
      run(command, async (cli) => (await import("./show-schedules.ts")).listSchedules(cli, options)),
    );

  ofOne(schedules, "show", "Shows what one says, as JSON that can be put, when it is due, and what it started.").action(
    (id: string, _options: object, command: Command) =>
      run(command, async (cli) => (await import("./show-schedules.ts")).showSchedule(cli, id)),
  );
}

function addChanging(schedules: Command, run: RunCommand): void {
  ofOne(schedules, "put", "Makes one, or edits it: no deploy changes it until it is deleted.")
    .argument("<schedule>", "what it says: JSON, @FILE or @-")
    .requiredOption(...why, textOption)
    .action((id: string, schedule: string, { reason }: Reasoned, command: Command) =>
      run(command, async (cli) => (await import("./change-schedule.ts")).putSchedule(cli, id, { schedule, reason })),
    );

  ofOne(schedules, "delete", "Deletes what was put; what the code says is back.")
    .requiredOption(...why, textOption)
    .action((id: string, { reason }: Reasoned, command: Command) =>
      run(command, async (cli) => (await import("./change-schedule.ts")).deleteSchedule(cli, id, reason)),
    );
}

function addRunning(schedules: Command, run: RunCommand): void {
  for (const [act, description] of [
    ["pause", "Lets nothing be due until it is resumed."],
    ["resume", "Lets runs be due again."],
  ] as const)
    ofOne(schedules, act, description)
      .requiredOption(...why, textOption)
      .action((id: string, { reason }: Reasoned, command: Command) =>
        run(command, async (cli) => (await import("./change-schedule.ts")).setPaused(cli, id, { act, reason })),
      );

  ofOne(schedules, "trigger", "Starts a run now.")
    .addOption(overlapOption())
    .requiredOption(...why, textOption)
    .action((id: string, options: Triggering, command: Command) =>
      run(command, async (cli) => (await import("./change-schedule.ts")).triggerSchedule(cli, id, options)),
    );

  ofOne(schedules, "backfill", "Starts runs for due times that are over and have none.")
    .requiredOption("--from <time>", "the first due time may be this, or that long ago", timeOption)
    .option("--to <time>", "the last due time may be this, or that long ago (default: now)", timeOption)
    .addOption(overlapOption())
    .option("--again", "due times that have a run get another one")
    .option("--dry-run", "say only what would be started")
    .requiredOption(...why, textOption)
    .action((id: string, options: BackfillRequest, command: Command) =>
      run(command, async (cli) => (await import("./backfill-schedule.ts")).backfillSchedule(cli, id, options)),
    );
}

function ofOne(schedules: Command, name: string, description: string): Command {
  return schedules.command(name).description(description).argument("<id>", "its id", idArgument);
}
