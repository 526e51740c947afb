import { implementActivities } from "tenuto/activity";
import { isRefusal, type ProviderCall } from "./provider-call.ts";
import { stock } from "./stock.contract.ts";

export const createStock = (call: ProviderCall) =>
  implementActivities(stock, {
    async reserve(reservation, context) {
      try {
        return await call<{ reservationId: string }>("/stock/reserve", reservation, context);
      } catch (error) {
        if (isRefusal(error, "OutOfStock")) throw stock.errors.OutOfStock({ reason: error.reason });
        throw error;
      }
    },
    release: ({ orderId, reserveKey }, context) =>
      call<{ released: boolean }>("/stock/release", { orderId, undoes: reserveKey }, context),
  });
