import type { temporal as api } from "@temporalio/proto";
import { InvalidCursor } from "../core/errors/invalid-cursor.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import type { RunMark } from "../core/run-mark.ts";
import { sha256 } from "./run-ids.ts";
import type { RunStatus } from "./run-status.ts";
import { type LinkBase, type RunSummary, summaryOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";
import { isFruitless, visibilityQuery } from "./visibility-query.ts";

/** Which runs to list. */
export interface RunFilter {
  /** With a question mark, a double quote, a backslash or a control character in it, nothing is found. */
  readonly type?: string | undefined;
  readonly status?: RunStatus | undefined;
  /** The path of a state that the run's state machine is in, or was in at its end. */
  readonly state?: string | undefined;
  /** Whether to find only runs that have a state machine. @default false */
  readonly hasMachine?: boolean | undefined;
  /** What it waits for, or was left with. */
  readonly mark?: RunMark | undefined;
  readonly startedAfter?: Date | undefined;
  readonly startedBefore?: Date | undefined;
}

export interface ListOptions extends RunFilter {
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of a list, the run that started last first. */
export interface RunPage {
  readonly items: readonly RunSummary[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** @throws what {@link TenutoClient.list} throws. */
export async function listRuns(
  temporal: Temporal,
  { limit, cursor, ...filter }: ListOptions,
  base: LinkBase,
): Promise<RunPage> {
  if (isFruitless(filter)) return { items: [] };
  const { infos, nextCursor } = await listPage(temporal, { query: visibilityQuery(filter), limit, cursor });
  return {
    items: infos.map((info) => summaryOf(info, base)),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}

interface PageOptions extends Pick<ListOptions, "limit" | "cursor"> {
  /** In Temporal's query language. */
  readonly query: string;
  /** What a cursor belongs to, where the query has the time in it. @default the query */
  readonly list?: string;
}

/**
 * One page of what a query finds.
 *
 * @throws {@link InvalidCursor}
 */
export async function listPage(
  temporal: Temporal,
  { query, limit = 50, cursor, list = query }: PageOptions,
): Promise<{ readonly infos: readonly api.api.workflow.v1.IWorkflowExecutionInfo[]; readonly nextCursor?: string }> {
  const { namespace, idPrefix } = temporal;
  const place = idPrefix + list;
  const nextPageToken = cursor === undefined ? undefined : readCursor(cursor, place);
  const pageSize = Math.min(Math.max(Math.trunc(limit), 1), 200);
  const isBadToken = (error: unknown) => cursor !== undefined && hasGrpcCode(error, grpc.invalidArgument);
  try {
    const page = await temporal.call(
      (service) =>
        service.listWorkflowExecutions({ namespace, query, pageSize, ...(nextPageToken && { nextPageToken }) }),
      { keep: isBadToken },
    );
    const token = page.nextPageToken;
    return { infos: page.executions ?? [], ...(token?.length && { nextCursor: writeCursor(token, place) }) };
  } catch (error) {
    if (isBadToken(error)) throw new InvalidCursor({ cause: error });
    throw error;
  }
}

const hashBytes = 8;

/** The server's token after a hash of the query that it belongs to: with another query it would mean another place. */
export function writeCursor(token: Uint8Array, query: string): string {
  return Buffer.concat([hashOf(query), token]).toString("base64url");
}

/** @throws {@link InvalidCursor} of another query's */
export function readCursor(cursor: string, query: string): Uint8Array {
  const bytes = Buffer.from(cursor, "base64url");
  const isOurs = bytes.length > hashBytes && bytes.subarray(0, hashBytes).equals(hashOf(query));
  if (!isOurs || bytes.toString("base64url") !== cursor) throw new InvalidCursor();
  return new Uint8Array(bytes.subarray(hashBytes));
}

function hashOf(query: string): Buffer {
  return Buffer.from(sha256(query), "hex").subarray(0, hashBytes);
}
