import type { WorkflowOf } from "tenuto";
import { activities, saga, signals } from "tenuto/workflow";
import { mail } from "../activities/mail.contract.ts";
import { payments } from "../activities/payments.contract.ts";
import { shipping } from "../activities/shipping.contract.ts";
import { stock } from "../activities/stock.contract.ts";
import { fulfillOrderContract } from "./fulfill-order.contract.ts";
import type { Order } from "./order.contract.ts";

const warehouse = activities(stock);
const pay = activities(payments);
const carrier = activities(shipping);
const post = activities(mail);
const { approve } = signals(fulfillOrderContract);

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
    if (amountCents > approvalNeededAboveCents) await approved();
    const { shipmentId, trackingNumber } = await step(carrier.book, { orderId, address: order.address }, ({ key }) =>
      carrier.cancel({ orderId, bookingKey: key }),
    );
    return { orderId, reservationId, chargeId, shipmentId, trackingNumber };
  });

  // Outside the saga: a shipped order is not undone because a mail can't be sent.
  await post.sendReceipt({ orderId, customer: order.customer, amountCents });
  return fulfillment;
};

async function approved(): Promise<void> {
  const answer = await approve.receive({ within: "1d" });
  if (!answer) throw fulfillOrderContract.errors.NotApproved({ reason: "unanswered" });
  if (!answer.approved) throw fulfillOrderContract.errors.NotApproved({ reason: "rejected", by: answer.by });
}

function totalCents(order: Order): number {
  return order.lines.reduce((sum, { quantity, unitCents }) => sum + quantity * unitCents, 0);
}
