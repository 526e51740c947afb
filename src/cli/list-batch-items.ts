import type { BatchItem } from "./batch.ts";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";

export interface ListBatchItemsOptions {
  readonly outcome?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists what a batch is about, with what became of each. */
export async function listBatchItems(
  { api, output, isJson }: Cli,
  id: string,
  options: ListBatchItemsOptions,
): Promise<undefined> {
  const { outcome, limit, cursor } = options;
  const path = `/v1/batch-operations/${encodeURIComponent(id)}/items`;
  const page = await readPages<BatchItem>(api, path, { outcome, limit, cursor });
  if (isJson) {
    output.json(page);
    return;
  }
  if (page.items.length === 0) {
    output.notice(outcome === undefined ? "The batch has no items." : `The batch has no items that are ${outcome}.`);
  } else {
    output.table(page.items, [
      { title: "ID", value: (item) => item.id },
      ...(page.items.every((item) => item.id === item.workflowId)
        ? []
        : [{ title: "WORKFLOW", value: ({ workflowId }: BatchItem) => workflowId, atLeast: 12, leaveOut: 1 }]),
      { title: "OUTCOME", value: (item) => item.outcome },
      { title: "WHAT", value: ({ what, message }) => message ?? what, atLeast: 20 },
    ]);
  }
  moreThanShown(output, page);
}
