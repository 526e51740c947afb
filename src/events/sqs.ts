import { type Duration, type EventTransport, InvalidDefinition, parseDuration } from "tenuto";
import { secretNames } from "./signatures/secret-names.ts";

/** Events that come in a queue of AWS SQS, standard or FIFO. */
export interface SqsTransport extends EventTransport {
  readonly kind: "sqs";
  /** The queue's name; a queue of another account has its URL in `url`. */
  readonly queue: string;
  /** The name of the variable with the queue's URL. */
  readonly url?: string;
  /** The name of the variable with the address of an SQS other than AWS's. */
  readonly endpoint: string;
  readonly prefetch: number;
  readonly visibilityMs: number;
}

/** Where a queue is, and how it is read. */
export interface SqsOptions {
  /** The queue's name; that of a FIFO queue ends with `.fifo`. The queue must be there. */
  readonly queue: string;
  /** The NAME of the environment variable with the queue's URL, for a queue of another account. @default the URL is asked by the name */
  readonly url?: string;
  /** The NAME of the environment variable with an endpoint other than AWS's. @default "TENUTO_SQS_ENDPOINT" */
  readonly endpoint?: string;
  /** How many messages, of a FIFO queue message groups, one process has under way, 1 to 1000. @default 20 */
  readonly prefetch?: number;
  /** For how long the others do not see what a process has that died, 3 seconds to 12 hours. A living one extends it. @default "30s" */
  readonly visibility?: Duration;
}

const mostUnderWay = 1_000;
const shortestMs = 3_000;
/** SQS hides no message for longer. */
const longestMs = 12 * 60 * 60_000;

/**
 * Events that come in a queue of AWS SQS. A message with the attribute `type` has its data in its body; else the body is
 * `{ id, type, data }`. Without an `id` the event has the message's own. Region and credentials are found as the AWS SDK does.
 *
 * @throws `InvalidDefinition`
 * @example
 * ```ts
 * const orders = sqs({ queue: "orders" });
 * const inTurn = sqs({ queue: "orders.fifo", visibility: "1m", prefetch: 50 });
 * ```
 */
export function sqs(options: SqsOptions): SqsTransport {
  const { queue, url, endpoint = "TENUTO_SQS_ENDPOINT", prefetch = 20, visibility = "30s" } = options;
  const refuse = (what: string, got: unknown, remedy: string) => new InvalidDefinition({ what, got, remedy });
  if (!/^[\w-]{1,80}$/.test(queue.replace(/\.fifo$/, "")) || queue.length > 80)
    throw refuse("The queue of sqs", queue, "Give its name, 1 to 80 letters, digits, - and _, not its URL.");
  if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > mostUnderWay)
    throw refuse(`\`prefetch\` of SQS queue "${queue}"`, prefetch, `Give an integer from 1 to ${mostUnderWay}.`);
  const what = `\`visibility\` of SQS queue "${queue}"`;
  const visibilityMs = parseDuration(visibility, what);
  if (visibilityMs < shortestMs || visibilityMs > longestMs || visibilityMs % 1_000 !== 0)
    throw refuse(what, visibility, 'Give whole seconds from "3s" to "12h".');
  secretNames({ secrets: url === undefined ? endpoint : [endpoint, url] }, "sqs");
  return { kind: "sqs", queue, endpoint, prefetch, visibilityMs, ...(url !== undefined && { url }) };
}
