import type { temporal as api } from "@temporalio/proto";
import type { Temporal } from "./temporal.ts";

/** What to read, and how much at once. */
interface ListAll {
  readonly query: string;
  readonly pageSize: number;
  /** Called before each further page. */
  readonly onMore?: () => void;
}

/** All that a query finds, page by page. */
export async function* listAll(
  temporal: Temporal,
  { query, pageSize, onMore }: ListAll,
): AsyncGenerator<readonly api.api.workflow.v1.IWorkflowExecutionInfo[]> {
  const { namespace } = temporal;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await temporal.call((service) =>
      service.listWorkflowExecutions({ namespace, query, pageSize, ...(nextPageToken && { nextPageToken }) }),
    );
    yield page.executions ?? [];
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
    if (nextPageToken) onMore?.();
  } while (nextPageToken);
}
