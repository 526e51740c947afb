import type { DeadLetter } from "tenuto/client";
import { type BulkOptions, chooseLetters, startBulk } from "./bulk-letters.ts";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";
import type { ExitCode } from "./exit-codes.ts";

/** Closes one dead letter, or by a batch all that are chosen. */
export async function discardLetters(
  cli: Cli,
  ids: readonly string[],
  options: BulkOptions,
): Promise<ExitCode | undefined> {
  const chosen = chooseLetters(ids, options);
  if (typeof chosen !== "string") return startBulk(cli, { action: "discard", ...chosen }, options);
  if (options.dryRun) {
    throw new UsageError("One dead letter has no dry run to be discarded. See it by `tenuto dead-letters show ID`.");
  }
  const { reason } = options;
  const letter = await cli.api.post<DeadLetter>(`/v1/dead-letters/${encodeURIComponent(chosen)}/discard`, { reason });
  if (cli.isJson) cli.output.json(letter);
  else cli.output.line(`Discarded dead letter ${letter.id}.`);
  return undefined;
}
