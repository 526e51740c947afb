import type { Batch, BatchOrder } from "./batch.ts";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { oneLine } from "./clean-text.ts";
import { watchBatch } from "./watch-batch.ts";

/** The options of whatever starts a batch. */
export interface BatchStart {
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  /** Items a second. */
  readonly rate?: number;
  readonly watch?: boolean;
}

/** How many things a batch is about, as far as they were counted. */
export interface Matches {
  readonly count: number;
  readonly isAtLeast: boolean;
  readonly noun: string;
}

interface Confirmation extends BatchStart {
  readonly count: () => Promise<Matches>;
}

/** Starts a batch; one that changes something, only once somebody has said yes. */
export async function startConfirmed(
  cli: Cli,
  order: BatchOrder,
  options: Confirmation,
): Promise<ExitCode | undefined> {
  const { reason, dryRun = false, yes = false, rate, watch = false, count } = options;
  if (!dryRun && !yes) {
    const answer = await confirm(cli, order, await count());
    if (answer !== "yes") return answer;
  }
  const body = { ...order, reason, dryRun, ratePerSecond: rate };
  const batch = await cli.api.postOnce<Batch>("/v1/batch-operations", body);
  if (watch) return watchBatch(cli, batch);
  if (cli.isJson) cli.output.json(batch);
  else {
    cli.output.line(`Started batch ${batch.id}${dryRun ? ", a dry run" : ""}.`);
    cli.output.line(`See how it goes: tenuto batch show ${batch.id} --watch`);
  }
  return undefined;
}

async function confirm(cli: Cli, order: BatchOrder, matches: Matches): Promise<ExitCode | "yes"> {
  const { count, isAtLeast, noun } = matches;
  if (count === 0 && !isAtLeast) {
    if (cli.isJson) cli.output.json(null);
    cli.output.notice(`There is nothing to do: no open ${noun} fits.`);
    return exitCodes.done;
  }
  const many = `${isAtLeast ? "more than " : ""}${count} ${noun}${count === 1 ? "" : "s"}`;
  const how = order.mode === undefined ? "" : ` with mode ${order.mode}`;
  const deed = `${order.action} ${many}${how}${order.signal ? ` (${oneLine(order.signal.name)})` : ""}`;
  if (!cli.canAsk) {
    throw new UsageError(
      `This would ${deed}. Without a terminal to ask on, add --yes, or --dry-run to see what it would do.`,
    );
  }
  if (await cli.ask(`${deed.charAt(0).toUpperCase()}${deed.slice(1)}?`)) return "yes";
  cli.output.notice("Nothing was done.");
  return exitCodes.failed;
}
