import { isTaskRejected, isTaskTimedOut, type WorkflowOf } from "tenuto";
import { activities, firstAnswer, humanTask, patched, saga, signals } from "tenuto/workflow";
import { mail } from "../activities/mail.contract.ts";
import { payments } from "../activities/payments.contract.ts";
import { shipping } from "../activities/shipping.contract.ts";
import { stock } from "../activities/stock.contract.ts";
import { approveOrder } from "./approve-order.contract.ts";
import { fulfillOrderContract } from "./fulfill-order.contract.ts";
import type { Order } from "./order.contract.ts";

const warehouse = activities(stock);
const pay = activities(payments);
const carrier = activities(shipping);
const post = activities(mail);
const { approve } = signals(fulfillOrderContract);
const { NotApproved } = fulfillOrderContract.errors;

const approvalNeededAboveCents = 50_000;

export const fulfillOrder: WorkflowOf<typeof fulfillOrderContract> = async (order) => {
  const orderId = order.id;
  const amountCents = totalCents(order);

  const fulfillment = await saga(async ({ step }) => {
    const { reservationId } = await step(
      warehouse.reserve,
      { orderId, lines: order.lines.map(({ sku, quantity }) => ({ sku, quantity })) },
      ({ key }) => warehouse.release({ orderId, reserveKey: key }),
    );
    const { chargeId } = await step(pay.chargeCard, { orderId, amountCents, card: order.card }, ({ key }) =>
      pay.refundCard({ orderId, chargeKey: key }),
    );
    if (amountCents > approvalNeededAboveCents) await approved(order);
    const { shipmentId, trackingNumber } = await step(carrier.book, { orderId, address: order.address }, ({ key }) =>
      carrier.cancel({ orderId, bookingKey: key }),
    );
    return { orderId, reservationId, chargeId, shipmentId, trackingNumber };
  });

  // Outside the saga: a shipped order is not undone because a mail can't be sent.
  await post.sendReceipt({ orderId, customer: order.customer, amountCents });
  return fulfillment;
};

async function approved(order: Order): Promise<void> {
  // Orders that have waited since before there were human tasks go on as they began.
  if (!patched("approve-by-task")) {
    judge(await approve.receive({ within: "1d" }));
    return;
  }
  // Systems that approve by the signal go on doing so; of them and people, the first counts. Only the task has a time limit:
  // a second timer for the same moment would sometimes end the wait before the task's own.
  return firstAnswer([() => approvedByTask(order), async () => judge(await approve.receive())]);
}

async function approvedByTask(order: Order): Promise<void> {
  try {
    await humanTask(approveOrder, { order: summaryOf(order) });
  } catch (error) {
    if (isTaskRejected(error)) throw NotApproved({ reason: "rejected", by: error.by });
    if (isTaskTimedOut(error)) throw NotApproved({ reason: "unanswered" });
    throw error;
  }
}

function judge(answer: { readonly approved: boolean; readonly by: string } | undefined): void {
  if (!answer) throw NotApproved({ reason: "unanswered" });
  if (!answer.approved) throw NotApproved({ reason: "rejected", by: answer.by });
}

function summaryOf(order: Order) {
  const { id, customer, lines } = order;
  const dearest = lines.toSorted((a, b) => priceCents(b) - priceCents(a)).slice(0, 5);
  return { id, customer, amountCents: totalCents(order), lines: dearest, furtherLines: lines.length - dearest.length };
}

function totalCents({ lines }: Order): number {
  return lines.reduce((sum, line) => sum + priceCents(line), 0);
}

function priceCents({ quantity, unitCents }: Order["lines"][number]): number {
  return quantity * unitCents;
}
