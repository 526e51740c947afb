import { type Batch, progressOf } from "./batch.ts";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { distance } from "./relative-time.ts";
import { filterInWords } from "./tell-batch.ts";

export interface ListBatchesOptions {
  readonly status?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists batches, the newest first. */
export async function listBatches({ api, output, isJson }: Cli, options: ListBatchesOptions): Promise<undefined> {
  const { status, limit, cursor } = options;
  const page = await readPages<Batch>(api, "/v1/batch-operations", { status, limit, cursor });
  if (isJson) {
    output.json(page);
    return;
  }
  const nowMs = Date.now();
  if (page.items.length === 0) {
    output.notice(status === undefined ? "There are no batches." : `There are no batches that are ${status}.`);
  } else {
    output.table(page.items, [
      { title: "ID", value: ({ id }) => id },
      { title: "AGE", value: ({ startedAt }) => distance(startedAt, nowMs) },
      { title: "ACTION", value: ({ action, dryRun }) => (dryRun ? `${action} (dry run)` : action) },
      { title: "STATUS", value: (batch) => batch.status },
      { title: "BY", value: ({ by }) => by, atLeast: 8, leaveOut: 2 },
      { title: "PROGRESS", value: progressOf, atLeast: 12 },
      { title: "OF", value: ({ filter }) => filterInWords(filter), atLeast: 12, leaveOut: 1 },
    ]);
  }
  moreThanShown(output, page);
}
