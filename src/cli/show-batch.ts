import type { Batch } from "./batch.ts";
import type { Cli } from "./cli.ts";
import type { ExitCode } from "./exit-codes.ts";
import { tellBatch } from "./tell-batch.ts";
import { watchBatch } from "./watch-batch.ts";

export interface ShowBatchOptions {
  readonly watch?: boolean;
}

/** Shows a batch, or follows it to its end. */
export async function showBatch(cli: Cli, id: string, { watch }: ShowBatchOptions): Promise<ExitCode | undefined> {
  const batch = await cli.api.get<Batch>(`/v1/batch-operations/${encodeURIComponent(id)}`);
  if (watch) return watchBatch(cli, batch);
  if (cli.isJson) cli.output.json(batch);
  else tellBatch(cli.output, batch);
  return undefined;
}
