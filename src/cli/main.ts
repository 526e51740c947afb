// The command `tenuto`: what its parts are called is here, what they do is loaded when it is asked for.
import { Command, CommanderError } from "commander";
import { addAlertCommands } from "./alert-commands.ts";
import { addBatchCommands } from "./batch-commands.ts";
import { addErrorGroupCommands } from "./error-group-commands.ts";
import { createCli } from "./cli.ts";
import { addEventCommands } from "./event-commands.ts";
import { addLaneCommands } from "./lane-commands.ts";
import { addDeadLetterCommands } from "./dead-letter-commands.ts";
import { addMachineCommands } from "./machine-commands.ts";
import { addMetricsCommands } from "./metrics-commands.ts";
import { UsageError } from "./errors/usage-error.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";
import type { CliHost } from "./host.ts";
import { Output } from "./output.ts";
import { addQueueCommands } from "./queue-commands.ts";
import { reportError } from "./report-error.ts";
import type { RunCommand } from "./run-command.ts";
import { addScheduleCommands } from "./schedule-commands.ts";
import { addTaskCommands } from "./task-commands.ts";
import { addWorkerCommands } from "./worker-commands.ts";

const environment = `
Environment:
  TENUTO_URL      where the API is (default: http://127.0.0.1:3000)
  TENUTO_API_KEY  the key to send; there is no option for it, since others can see options
  NO_COLOR        nothing is bold`;

const exits = `
Exit codes:
  0  done                            4    its state does not allow it
  1  failed, or the API is away      5    not allowed: no key, a wrong one, or its role
  2  wrong usage or input            6    a watched batch ended with something not done
  3  not found                       130  Ctrl-C`;

/** Runs the command with its arguments, and answers its exit code; it never throws. */
export async function runCli(args: readonly string[], host: CliHost): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const run: RunCommand = async (command, act) => {
    code = (await act(createCli(host, command.optsWithGlobals()))) ?? exitCodes.done;
  };
  const { program, help } = createProgram(host, run);
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    // A group of commands without one of them.
    if (error instanceof CommanderError && error.code === "commander.help") {
      host.stdout.write(help());
      return exitCodes.done;
    }
    const failure = error instanceof CommanderError ? usageErrorOf(error) : error;
    reportError(new Output(host), failure, args.includes("--json"));
    return exitCodeOf(failure);
  }
}

function createProgram(host: CliHost, run: RunCommand) {
  let help = "";
  const program = new Command("tenuto")
    .description(
      "Deals with failed runs, human tasks, state machines, schedules, event sources and lanes of Tenuto over its REST API, and tells its numbers.",
    )
    .version(host.version)
    .option("--url <url>", "where the API is (TENUTO_URL)")
    .option("--json", "print the API's JSON, also of errors")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => (help += text),
      outputError: () => undefined,
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getErrHelpWidth: () => host.stdout.columns ?? 100,
    })
    .addHelpText("after", environment + "\n" + exits)
    .exitOverride();
  addDeadLetterCommands(program, run);
  addBatchCommands(program, run);
  addErrorGroupCommands(program, run);
  addAlertCommands(program, run);
  addTaskCommands(program, run);
  addMachineCommands(program, run);
  addScheduleCommands(program, run);
  addEventCommands(program, run, host);
  addQueueCommands(program, run);
  addWorkerCommands(program, run, host);
  addLaneCommands(program, run);
  addMetricsCommands(program, run);
  return { program, help: () => help };
}

/** Commander's own begins with "error: ". */
function usageErrorOf({ message }: CommanderError): UsageError {
  const text = message.replace(/^error: /, "");
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return new UsageError(`${sentence}${/[.?!)]$/.test(sentence) ? "" : "."} See --help.`);
}
