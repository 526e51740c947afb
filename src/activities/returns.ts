import { implementActivities } from "tenuto/activity";
import { isRefusal, type ProviderCall } from "./provider-call.ts";
import { returns } from "./returns.contract.ts";

export const createReturns = (call: ProviderCall) =>
  implementActivities(returns, {
    async restock(goods, context) {
      try {
        return await call<{ restockId: string }>("/stock/restock", goods, context);
      } catch (error) {
        if (isRefusal(error, "NotSellable")) throw returns.errors.NotSellable({ reason: error.reason });
        throw error;
      }
    },
    unstock: ({ orderId, restockKey }, context) =>
      call<{ unstocked: boolean }>("/stock/unstock", { orderId, undoes: restockKey }, context),
    async repay(repayment, context) {
      try {
        return await call<{ repaymentId: string }>("/payments/repay", repayment, context);
      } catch (error) {
        if (isRefusal(error, "RepaymentRefused")) throw returns.errors.RepaymentRefused({ reason: error.reason });
        throw error;
      }
    },
  });
