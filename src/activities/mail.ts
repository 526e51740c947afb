import { implementActivities } from "tenuto/activity";
import { mail } from "./mail.contract.ts";
import type { ProviderCall } from "./provider-call.ts";

export const createMail = (call: ProviderCall) =>
  implementActivities(mail, {
    sendReceipt: ({ orderId, customer, amountCents }, context) =>
      call<{ messageId: string }>(
        "/mail/send",
        { orderId, to: customer, subject: `Receipt for order ${orderId}: ${(amountCents / 100).toFixed(2)}` },
        context,
      ),
    sendDigest: ({ to, day }, context) =>
      call<{ messageId: string }>(
        "/mail/send",
        { orderId: `digest-${day}`, to, subject: `The orders of ${day}` },
        context,
      ),
  });
