import {
  ApplicationFailure,
  CancellationScope,
  defaultPayloadConverter,
  type Headers,
  proxyLocalActivities,
  workflowInfo,
} from "@temporalio/workflow";
import { distrustClock } from "./clock.ts";
import { withDeadlineHeader } from "./deadline.ts";
import type { LaneOfRun } from "../core/lane.ts";
import { parseActivityType, parsedHeaderName, type ParseOutcome, type ParseRequest } from "../core/intake.ts";
import { withLaneHeader } from "./lane.ts";
import { purposeAsked } from "./reset-purpose.ts";

const local = proxyLocalActivities<Record<string, (request: ParseRequest) => Promise<ParseOutcome>>>({
  startToCloseTimeout: "10s",
  // A failure is no verdict: it fails the workflow task, and the next one asks again.
  retry: { maximumAttempts: 1 },
});

/** Whether the sender has parsed what it sent. */
export function isParsed(headers: Headers): boolean {
  return headers[parsedHeaderName] !== undefined;
}

interface Stamp {
  /** How long the receiver may take, in milliseconds. */
  readonly deadlineMs?: number | undefined;
  /** Which lane it is in. */
  readonly lane?: LaneOfRun | undefined;
}

let stamp: Stamp | undefined;

/** Sends what the compiler has checked against a contract; sending reaches the interceptor before it returns. */
export function stampedByCompiler<T>(send: () => T, own: Stamp = {}): T {
  stamp = own;
  try {
    return send();
  } finally {
    stamp = undefined;
  }
}

/** Says of what {@link stampedByCompiler} sends that its receiver needn't parse it. */
export function stampedHeaders(headers: Headers): Headers {
  if (!stamp) return headers;
  const parsed = { ...headers, [parsedHeaderName]: defaultPayloadConverter.toPayload(true) };
  return withLaneHeader(withDeadlineHeader(parsed, stamp.deadlineMs), stamp.lane);
}

/**
 * Has a value parsed by the contract of this run, in Node; what came of it is in the history.
 *
 * @throws `TypeError` when the schema itself throws: a bug, so it decides nothing.
 */
export async function parse(request: Omit<ParseRequest, "workflowType">): Promise<ParseOutcome> {
  const { workflowType } = workflowInfo();
  // A patch that is first asked about after a local activity may be missing in a replay.
  const purpose = purposeAsked();
  if (purpose) await purpose;
  try {
    return await CancellationScope.nonCancellable(
      async () => (await local[parseActivityType]?.({ ...request, workflowType })) ?? { status: "undeclared" },
    );
  } catch (error) {
    throw new TypeError(
      `The ${request.kind} of workflow "${workflowType}" could not be parsed. Mend the schema in its contract.`,
      { cause: error },
    );
  } finally {
    distrustClock();
  }
}

/** The failure of a start or an update whose input its contract does not take. */
export function refusal({ type, message, issues }: ParseOutcome & { readonly status: "invalid" }): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [{ issues }] });
}
