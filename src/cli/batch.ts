// The answers of the routes of batches, as far as they are shown.

export const batchActions = ["redrive", "discard", "cancel", "terminate", "signal"] as const;
export type BatchAction = (typeof batchActions)[number];

export const batchStatuses = ["collecting", "running", "stopping", "stopped", "completed", "failed"] as const;
type BatchStatus = (typeof batchStatuses)[number];

export const itemOutcomes = ["pending", "done", "refused", "failed", "skipped"] as const;
type ItemOutcome = (typeof itemOutcomes)[number];

/** What a batch is about; `all` is for a filter without conditions. */
export interface BatchFilter {
  readonly ids?: readonly string[];
  readonly all?: true;
  readonly [condition: string]: unknown;
}

/** What a batch does. */
export interface BatchOrder {
  readonly action: BatchAction;
  readonly filter: BatchFilter;
  readonly mode?: string | undefined;
  readonly signal?: { readonly name: string; readonly input?: unknown } | undefined;
}

export interface Batch extends BatchOrder {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  readonly ratePerSecond: number;
  readonly dryRun: boolean;
  readonly status: BatchStatus;
  readonly startedAt: string;
  readonly closedAt?: string;
  readonly stopped?: { readonly by: string; readonly reason: string; readonly at: string };
  readonly error?: string;
  readonly progress: Readonly<Record<"total" | "done" | "refused" | "failed" | "skipped", number>>;
  /** Whether more fitted than one batch takes. */
  readonly truncated?: boolean;
}

export interface BatchItem {
  readonly id: string;
  readonly workflowId: string;
  readonly outcome: ItemOutcome;
  readonly what?: string;
  readonly message?: string;
  readonly at?: string;
}

const over: ReadonlySet<BatchStatus> = new Set(["stopped", "completed", "failed"]);

/** Whether nothing more happens. */
export function isOver({ status }: Batch): boolean {
  return over.has(status);
}

/** Whether it is over with all done that was to be done; what was not open any more was not. */
export function isComplete({ status, progress }: Batch): boolean {
  return status === "completed" && progress.refused === 0 && progress.failed === 0;
}

/** What has become of the items so far. */
export function progressOf({ progress: { total, done, refused, failed, skipped } }: Batch): string {
  const ended = done + refused + failed + skipped;
  return `${ended} of ${total}: ${done} done, ${refused} refused, ${failed} failed, ${skipped} skipped`;
}
