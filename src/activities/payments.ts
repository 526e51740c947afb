import { implementActivities } from "tenuto/activity";
import { payments } from "./payments.contract.ts";
import { isRefusal, type ProviderCall } from "./provider-call.ts";

export const createPayments = (call: ProviderCall) =>
  implementActivities(payments, {
    async chargeCard(charge, context) {
      try {
        return await call<{ chargeId: string }>("/payments/charge", charge, context);
      } catch (error) {
        if (isRefusal(error, "CardDeclined")) throw payments.errors.CardDeclined({ reason: error.reason });
        throw error;
      }
    },
    refundCard: ({ orderId, chargeKey }, context) =>
      call<{ refundId: string | null }>("/payments/refund", { orderId, undoes: chargeKey }, context),
  });
