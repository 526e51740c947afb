// What the isolate, Node and operators agree on about batch operations: one thing done to many dead letters, or runs.
import type { RunMark } from "./run-mark.ts";
import type { DeadLetterKind, RedriveMode } from "./dead-letter.ts";
import type { OperatorNote } from "./incident.ts";

/** The type of the workflow that is one batch operation. */
export const batchWorkflow = "tenutoBatch";

/** The memo field in which it keeps its {@link BatchRecord}, readable without a worker. */
export const batchMemo = "tenutoBatch";

/** The update by which no further item is begun; takes an `OperatorNote`, answers a {@link BatchRecord}. */
export const stopBatchUpdate = "stop";

/** The query for what became of the items; takes a {@link BatchItemsRequest}, answers a {@link BatchItemsAnswer}. */
export const batchItemsQuery = "items";

/** The activities of a batch operation. */
export const batchActivityTypes = { find: "tenuto.findBatchItems", act: "tenuto.actOnBatchItems" } as const;

/** Every {@link BatchAction}. */
export const batchActions = ["redrive", "discard", "cancel", "terminate", "signal"] as const;

/** What is done: to dead letters the first two, to runs the others. */
export type BatchAction = (typeof batchActions)[number];

/** Every {@link BatchStatus}. */
export const batchStatuses = ["collecting", "running", "stopping", "stopped", "completed"] as const;

/** Where a batch operation stands. */
export type BatchStatus = (typeof batchStatuses)[number];

/** Every {@link BatchOutcome}. */
export const batchOutcomes = ["pending", "done", "refused", "failed", "skipped"] as const;

/**
 * What became of an item: `done` is taken (a redriven run goes again); `refused` is not sound for it; `skipped` was dealt
 * with by somebody else; `failed` could not be asked.
 */
export type BatchOutcome = (typeof batchOutcomes)[number];

/** Which dead letters, or runs; all conditions must hold, and times are RFC 3339. */
export interface BatchFilter {
  /** Of dead letters; or workflow ids. */
  readonly ids?: readonly string[] | undefined;
  /** Everything that is open, or runs. */
  readonly all?: true | undefined;
  readonly type?: string | undefined;
  readonly step?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly kind?: DeadLetterKind | undefined;
  /** The type of the error. */
  readonly error?: string | undefined;
  /** Of runs: with that mark. */
  readonly mark?: RunMark | undefined;
  /** Dead letters first seen, or runs started, at that time or later. */
  readonly since?: string | undefined;
  /** … and before that time. */
  readonly until?: string | undefined;
}

/** A signal as it is sent to each run: parsed by its contract. */
export interface BatchSignal {
  /** The type of the runs that take it. */
  readonly type: string;
  readonly name: string;
  readonly input: unknown;
}

/** What a batch operation is to do. */
export interface BatchOrder extends OperatorNote {
  readonly id: string;
  readonly action: BatchAction;
  readonly filter: BatchFilter;
  readonly mode?: RedriveMode;
  readonly signal?: BatchSignal;
  readonly ratePerSecond: number;
  readonly dryRun: boolean;
  /** Whose batch it is: it sees and changes that tenant's only. */
  readonly tenant?: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

/** One dead letter, or run. */
export interface BatchItem {
  readonly id: string;
  readonly workflowId: string;
  /** The run that was found: another one that has its workflow id later is none of the batch's. */
  readonly runId?: string;
  /** Of a parked run, what waited first. */
  readonly incidentId?: string;
}

/** What was found. */
export interface FoundItems {
  /** Oldest first. */
  readonly items: readonly BatchItem[];
  /** Whether there is more than one batch takes. */
  readonly isTruncated: boolean;
}

/** What became of one item. */
export interface ItemResult {
  readonly outcome: Exclude<BatchOutcome, "pending">;
  /** What was done, or would be; or why not. */
  readonly text?: string;
  /** RFC 3339. */
  readonly at: string;
}

/** An order, once its items are known. */
export type ItemOrder = Omit<BatchOrder, "filter">;

/** Which items are to be acted on. */
export interface BatchTask {
  readonly order: ItemOrder;
  readonly items: readonly BatchItem[];
}

/** How many items ended in which way. */
export type BatchProgress = Readonly<Record<"total" | Exclude<BatchOutcome, "pending">, number>>;

/** What its memo says of a batch operation; of `filter.ids`, the first 20. */
export interface BatchRecord extends Omit<BatchOrder, "signal"> {
  /** The signal that is sent, without what it carries. */
  readonly signal?: Pick<BatchSignal, "name">;
  readonly status: BatchStatus;
  readonly progress: BatchProgress;
  /** Whether more was found than one batch takes: what came last is left out. */
  readonly truncated: boolean;
  readonly stopped?: OperatorNote & { readonly at: string };
  readonly closedAt?: string;
}

/** Which of the items to tell. */
export interface BatchItemsRequest {
  readonly outcome?: BatchOutcome;
  readonly offset: number;
  readonly limit: number;
}

/** An item, and what became of it. */
export interface BatchItemResult {
  readonly id: string;
  readonly workflowId: string;
  readonly outcome: BatchOutcome;
  readonly what?: string;
  readonly message?: string;
  readonly at?: string;
}

export interface BatchItemsAnswer {
  readonly items: readonly BatchItemResult[];
  /** Where the next page begins; absent on the last. */
  readonly nextOffset?: number;
}
