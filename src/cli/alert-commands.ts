import { type Command, Option } from "commander";
import { alertStatuses } from "tenuto";
import type { ListAlertsOptions } from "./list-alerts.ts";
import { idArgument, textOption, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";

interface Reasoned {
  readonly reason: string;
}

/** Adds `tenuto alerts …`. */
export function addAlertCommands(program: Command, run: RunCommand): void {
  const alerts = program.command("alerts").description("What rules have found, and the rules.");

  alerts
    .command("list")
    .description("Lists alerts, the one that was raised last first.")
    .addOption(new Option("--status <status>", "that stand so").choices(alertStatuses))
    .option("--rule <id>", "that this rule has raised")
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListAlertsOptions, command: Command) =>
      run(command, async (cli) => (await import("./list-alerts.ts")).listAlerts(cli, options)),
    );

  alerts
    .command("acknowledge")
    .description("Takes one on, so that it escalates no further.")
    .argument("<id>", "its id", idArgument)
    .requiredOption("--reason <text>", "why", textOption)
    .action((id: string, { reason }: Reasoned, command: Command) =>
      run(command, async (cli) => (await import("./acknowledge-alert.ts")).acknowledgeAlert(cli, id, reason)),
    );

  const rules = alerts.command("rules").description("What alerts are raised about, and who is told.");

  rules
    .command("list", { isDefault: true })
    .description("Lists them.")
    .action((_options: object, command: Command) =>
      run(command, async (cli) => (await import("./alert-rules.ts")).listRules(cli)),
    );

  rules
    .command("show")
    .description("Shows one, as JSON that can be put.")
    .argument("<id>", "its id", idArgument)
    .action((id: string, _options: object, command: Command) =>
      run(command, async (cli) => (await import("./alert-rules.ts")).showRule(cli, id)),
    );

  rules
    .command("put")
    .description("Adds one, or edits it: it wins over code until it is deleted.")
    .argument("<id>", "its id", idArgument)
    .argument("<rule>", "the rule: JSON, @FILE or @-")
    .requiredOption("--reason <text>", "why", textOption)
    .action((id: string, rule: string, { reason }: Reasoned, command: Command) =>
      run(command, async (cli) => (await import("./alert-rules.ts")).putRule(cli, id, { rule, reason })),
    );

  rules
    .command("delete")
    .description("Deletes what was put; the rule of the code, or the shipped one, is back.")
    .argument("<id>", "its id", idArgument)
    .requiredOption("--reason <text>", "why", textOption)
    .action((id: string, { reason }: Reasoned, command: Command) =>
      run(command, async (cli) => (await import("./alert-rules.ts")).deleteRule(cli, id, reason)),
    );

  rules
    .command("try")
    .description("Says what one would have raised over the last day.")
    .argument("<id>", "its id", idArgument)
    .option("--condition <json>", "with another condition: JSON, @FILE or @-")
    .action((id: string, { condition }: { readonly condition?: string }, command: Command) =>
      run(command, async (cli) => (await import("./alert-rules.ts")).tryRule(cli, id, condition)),
    );
}
