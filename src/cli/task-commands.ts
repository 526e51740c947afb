import { type Command, Option } from "commander";
import { taskStatuses } from "tenuto";
import type { ActOnTask } from "./act-on-task.ts";
import type { ListTasksOptions } from "./list-tasks.ts";
import { idArgument, textOption, timeOption, wholeNumber } from "./option-values.ts";
import type { RunCommand } from "./run-command.ts";

interface OfTenant {
  readonly tenant?: string;
}

interface Reasoned extends OfTenant {
  readonly reason: string;
}

interface ReassignOptions extends Reasoned {
  readonly to?: readonly string[];
  readonly role?: readonly string[];
}

/** Adds `tenuto tasks …`. */
export function addTaskCommands(program: Command, run: RunCommand): void {
  const tasks = program.command("tasks").description("Questions that runs put to people.");

  tasks
    .command("list")
    .description("Lists those that wait for an answer, or ended so.")
    .option("--type <type>", "of that type")
    .option("--role <role>", "that who has this task role may answer")
    .option("--assignee <name>", "that this person may answer")
    .option("--mine", "that you may answer")
    .option("--overdue", "that are late")
    .option("--due-before <time>", "that are due before then, such as 2026-01-31T09:30:00Z", timeOption)
    .addOption(new Option("--status <status>", "that stand so").choices(taskStatuses))
    .option("--tenant <tenant>", "of that tenant, for who has none")
    .option("--limit <number>", "how many at most", wholeNumber(1, 100_000), 50)
    .option("--cursor <cursor>", "go on where a list in JSON ended: its nextCursor")
    .action((options: ListTasksOptions, command: Command) =>
      run(command, async (cli) => (await import("./list-tasks.ts")).listTasks(cli, options)),
    );

  ofOne(tasks, "show", "Shows all that is known about one, and what an answer has to be.").action(
    (taskId: string, { tenant }: OfTenant, command: Command) =>
      run(command, async (cli) => (await import("./show-task.ts")).showTask(cli, { taskId, tenant })),
  );

  const act = (command: Command, asked: ActOnTask) =>
    run(command, async (cli) => (await import("./act-on-task.ts")).actOnTask(cli, asked));

  for (const [action, description] of [
    ["claim", "Says that you work on one, so that nobody else does."],
    ["release", "Gives one back that is claimed."],
  ] as const)
    ofOne(tasks, action, description).action((taskId: string, { tenant }: OfTenant, command: Command) =>
      act(command, { taskId, tenant, action, body: {} }),
    );

  ofOne(tasks, "complete", "Answers one.")
    .requiredOption("--answer <json>", "the answer: JSON, @FILE or @-")
    .action((taskId: string, { tenant, answer }: OfTenant & { readonly answer: string }, command: Command) =>
      act(command, { taskId, tenant, action: "complete", body: {}, answer }),
    );

  for (const [action, description] of [
    ["reject", "Refuses one."],
    ["escalate", "Asks those of its escalation besides, without waiting for it."],
  ] as const)
    ofOne(tasks, action, description)
      .requiredOption("--reason <text>", "why", textOption)
      .action((taskId: string, { reason, tenant }: Reasoned, command: Command) =>
        act(command, { taskId, tenant, action, body: { reason } }),
      );

  ofOne(tasks, "reassign", "Says who may answer one from now on, and nobody else.")
    .option("--to <names...>", "people")
    .option("--role <roles...>", "task roles")
    .requiredOption("--reason <text>", "why", textOption)
    .action((taskId: string, { to, role, reason, tenant }: ReassignOptions, command: Command) =>
      act(command, {
        taskId,
        tenant,
        action: "reassign",
        body: { reason, ...(to && { assignees: to }), ...(role && { roles: role }) },
      }),
    );

  ofOne(tasks, "comment", "Says something about one.")
    .argument("<text>", "what is to be known", textOption)
    .action((taskId: string, text: string, { tenant }: OfTenant, command: Command) =>
      act(command, { taskId, tenant, action: "comment", body: { text } }),
    );
}

function ofOne(tasks: Command, name: string, description: string): Command {
  return tasks
    .command(name)
    .description(description)
    .argument("<id>", "its id", idArgument)
    .option("--tenant <tenant>", "of that tenant, for who has none");
}
