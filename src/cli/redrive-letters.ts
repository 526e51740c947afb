import type { RedriveMode } from "tenuto";
import type { Redrive } from "tenuto/client";
import { type BulkOptions, chooseLetters, startBulk } from "./bulk-letters.ts";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";
import type { ExitCode } from "./exit-codes.ts";
import { jsonOption } from "./json-option.ts";
import type { Output } from "./output.ts";

export interface RedriveLettersOptions extends BulkOptions {
  readonly mode?: RedriveMode;
  readonly incident?: string;
  readonly input?: string;
  readonly output?: string;
  readonly confirmNoEffect?: boolean;
}

/** Makes one dead letter go again, or by a batch all that are chosen. */
export async function redriveLetters(
  cli: Cli,
  ids: readonly string[],
  options: RedriveLettersOptions,
): Promise<ExitCode | undefined> {
  const chosen = chooseLetters(ids, options);
  if (typeof chosen === "string") return redriveOne(cli, chosen, options);
  refuseInBulk({
    "--incident": options.incident,
    "--input": options.input,
    "--output": options.output,
    "--confirm-no-effect": options.confirmNoEffect,
  });
  return startBulk(cli, { action: "redrive", ...chosen, mode: options.mode }, options);
}

function refuseInBulk(options: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined);
  if (given.length === 0) return;
  throw new UsageError(`${given.join(" and ")} can be given for one dead letter only. Redrive it by its id alone.`);
}

async function redriveOne(cli: Cli, id: string, options: RedriveLettersOptions): Promise<undefined> {
  const { mode, incident, confirmNoEffect, dryRun = false, reason } = options;
  const input = await jsonOption(cli, { option: "--input", text: options.input });
  const output = await jsonOption(cli, { option: "--output", text: options.output });
  const body = { mode, incidentId: incident, input, output, confirmNoEffect, dryRun, reason };
  const redriven = await cli.api.post<Redrive>(`/v1/dead-letters/${encodeURIComponent(id)}/redrive`, body);
  if (cli.isJson) cli.output.json(redriven);
  else tellRedrive(cli.output, redriven);
}

function tellRedrive(output: Output, redriven: Redrive): void {
  const { id, mode, dryRun, again = [] } = redriven;
  output.line(`${dryRun ? "Would redrive" : "Redrives"} dead letter ${id} with mode ${mode}: ${deed(redriven)}.`);
  if (again.length > 0) {
    output.line(`These steps ${dryRun ? "would go" : "go"} again, under their old keys:`);
    output.table(
      again,
      [
        { title: "STEP", value: ({ step }) => step, atLeast: 12 },
        { title: "HAD ENDED", value: ({ ended }) => (ended ? "yes" : "no") },
        { title: "KEY", value: ({ key }) => key, leaveOut: 1 },
      ],
      "  ",
    );
  }
  if (dryRun) output.line("Nothing was done.");
  // A parked run is a dead letter only while it waits.
  else if (parkedActions.has(redriven.action)) output.line("If that fails, it is listed again.");
  else output.line(`See what becomes of it: tenuto dead-letters show ${id}`);
}

const parkedActions: ReadonlySet<Redrive["action"]> = new Set(["retry", "complete", "fail"]);

/** In words that fit both what is done and what would be. */
function deed({ action, mode, step = "the step" }: Redrive): string {
  const deeds: Readonly<Record<Redrive["action"], string>> = {
    retry: `another try of ${step}`,
    complete: `${step} ends with the output that was given`,
    fail: `${step} fails, and its run undoes what it did`,
    reset:
      mode === "compensate"
        ? "its run undoes what it did, and begins nothing"
        : "its run goes on from before it failed, with what it had done",
    restart: "a new run with the same workflow id",
    deliver: "the event is delivered again, as its source says by now",
    adopt: "somebody has made its run go again already, and it follows that run",
  };
  return deeds[action];
}
