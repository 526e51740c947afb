import { ApplicationFailure, Context } from "@temporalio/activity";
import { createProviderCall, ProviderError } from "../../../src/activities/provider-call.ts";

/** What a step takes, and the key that makes a repeat of it harmless. */
type Keyed<Input> = Input & { readonly key: string };

/** The shop's activities on raw Temporal. */
export function createActivities(providerUrl: string) {
  const call = createProviderCall(providerUrl);

  /** Without heartbeats an activity is not told that it was canceled. */
  async function attempt<Answer>(path: string, { key, ...body }: Keyed<Record<string, unknown>>): Promise<Answer> {
    const context = Context.current();
    const heartbeat = setInterval(() => context.heartbeat(), 1_000);
    const { startToCloseTimeoutMs } = context.info;
    const signal = AbortSignal.any([context.cancellationSignal, AbortSignal.timeout(startToCloseTimeoutMs)]);
    try {
      return await call<Answer>(path, body, { idempotencyKey: key, signal });
    } catch (error) {
      if (context.cancellationSignal.aborted) return await context.cancelled;
      const isAnswer = error instanceof ProviderError && declared.has(error.code);
      if (isAnswer) throw ApplicationFailure.nonRetryable(error.message, error.code, { reason: error.reason });
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }

  return {
    reserve: (input: Keyed<{ orderId: string; lines: { sku: string; quantity: number }[] }>) =>
      attempt<{ reservationId: string }>("/stock/reserve", input),
    release: (input: Keyed<{ orderId: string; undoes: string }>) =>
      attempt<{ released: boolean }>("/stock/release", input),
    chargeCard: (input: Keyed<{ orderId: string; amountCents: number; card: string }>) =>
      attempt<{ chargeId: string }>("/payments/charge", input),
    refundCard: (input: Keyed<{ orderId: string; undoes: string }>) =>
      attempt<{ refundId: string | null }>("/payments/refund", input),
    book: (input: Keyed<{ orderId: string; address: string }>) =>
      attempt<{ shipmentId: string; trackingNumber: string }>("/shipping/book", input),
    cancel: (input: Keyed<{ orderId: string; undoes: string }>) =>
      attempt<{ canceled: boolean }>("/shipping/cancel", input),
    sendReceipt: ({
      customer,
      amountCents,
      ...input
    }: Keyed<{ orderId: string; customer: string; amountCents: number }>) =>
      attempt<{ messageId: string }>("/mail/send", {
        ...input,
        to: customer,
        subject: `Receipt for order ${input.orderId}: ${(amountCents / 100).toFixed(2)}`,
      }),
  };
}

/** What the provider may answer that is no accident; thrown as it is, it would be retried. */
const declared: ReadonlySet<string> = new Set(["OutOfStock", "CardDeclined", "AddressRejected"]);
