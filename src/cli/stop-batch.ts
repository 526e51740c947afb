import { type Batch, isOver } from "./batch.ts";
import type { Cli } from "./cli.ts";

/** Has a batch begin no further item. */
export async function stopBatch({ api, output, isJson }: Cli, id: string, reason: string): Promise<undefined> {
  const batch = await api.post<Batch>(`/v1/batch-operations/${encodeURIComponent(id)}/stop`, { reason });
  if (isJson) output.json(batch);
  else output.line(isOver(batch) ? `Stopped batch ${batch.id}.` : `Batch ${batch.id} stops after what is under way.`);
}
