import { type Command, Option } from "commander";
import { errorGroupStatuses } from "tenuto";
import type { ChangeGroup } from "./change-group.ts";
import type { ListGroupsOptions } from "./list-groups.ts";
import { idArgument, textOption, timeOption, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";

const mostFailures = 999_999_999;

interface Reasoned {
  readonly reason: string;
  readonly tenant?: string;
}

interface IgnoreOptions extends Reasoned {
  readonly until?: string;
  readonly untilCount?: number;
  readonly untilPerHour?: number;
}

/** Adds `tenuto error-groups …`. */
export function addErrorGroupCommands(program: Command, run: RunCommand): void {
  const groups = program.command("error-groups").description("Patterns of failures: a thousand are often four.");

  groups
    .command("list")
    .description("Lists them, the one that was seen last first.")
    .option("--type <type>", "of workflows of that type")
    .option("--step <step>", "whose failed step is that activity, such as payments.chargeCard")
    .addOption(new Option("--status <status>", "that stand so").choices(errorGroupStatuses))
    .option("--assignee <name>", "that somebody has taken on")
    .option("--since <time>", "seen then or later: a time, or how long ago, such as 2h", timeOption)
    .addOption(new Option("--sort <order>", "what comes first").choices(["lastSeen", "count", "lastHour"]))
    .option("--tenant <tenant>", "of that tenant, for who has none")
    .option("--limit <number>", "how many at most", wholeNumber(1, 1_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListGroupsOptions, command: Command) =>
      run(command, async (cli) => (await import("./list-groups.ts")).listGroups(cli, options)),
    );

  ofOne(groups, "show", "Shows all that is known about one.").action(
    (fingerprint: string, { tenant }: { readonly tenant?: string }, command: Command) =>
      run(command, async (cli) => (await import("./show-group.ts")).showGroup(cli, { fingerprint, tenant })),
  );

  const change = (command: Command, asked: ChangeGroup) =>
    run(command, async (cli) => (await import("./change-group.ts")).changeGroup(cli, asked));

  for (const [action, description] of [
    ["resolve", "Says that one is mended; one more failure makes it regressed."],
    ["reopen", "Opens one that was resolved or ignored."],
  ] as const)
    ofOne(groups, action, description)
      .requiredOption("--reason <text>", "why", textOption)
      .action((fingerprint: string, { reason, tenant }: Reasoned, command: Command) =>
        change(command, { fingerprint, tenant, path: action, body: { reason } }),
      );

  ofOne(groups, "ignore", "Has nobody told of one, for ever or until one of the conditions is met.")
    .requiredOption("--reason <text>", "why", textOption)
    .option("--until <time>", "until then, such as 2026-01-31T09:30:00Z", timeOption)
    .option("--until-count <number>", "until there are so many more", wholeNumber(1, mostFailures))
    .option("--until-per-hour <number>", "until there are more within an hour", wholeNumber(1, mostFailures))
    .action((fingerprint: string, options: IgnoreOptions, command: Command) => {
      const { reason, tenant, until: at, untilCount: count, untilPerHour: perHour } = options;
      const until = { at, count, perHour };
      const isBound = Object.values(until).some((value) => value !== undefined);
      return change(command, { fingerprint, tenant, path: "ignore", body: { reason, ...(isBound && { until }) } });
    });

  ofOne(groups, "assign", "Says who takes care of one; without a name, nobody does.")
    .argument("[name]", "who", textOption)
    .action((fingerprint: string, assignee: string | undefined, { tenant }: Partial<Reasoned>, command: Command) =>
      change(command, { fingerprint, tenant, path: "assign", body: { assignee: assignee ?? null } }),
    );

  ofOne(groups, "note", "Adds a note to one.")
    .argument("<text>", "what is to be known", textOption)
    .action((fingerprint: string, note: string, { tenant }: Partial<Reasoned>, command: Command) =>
      change(command, { fingerprint, tenant, path: "notes", body: { note } }),
    );
}

function ofOne(groups: Command, name: string, description: string): Command {
  return groups
    .command(name)
    .description(description)
    .argument("<fingerprint>", "its fingerprint", idArgument)
    .option("--tenant <tenant>", "of that tenant, for who has none");
}
