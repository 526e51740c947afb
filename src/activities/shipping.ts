import { implementActivities } from "tenuto/activity";
import { isRefusal, type ProviderCall } from "./provider-call.ts";
import { shipping } from "./shipping.contract.ts";

export const createShipping = (call: ProviderCall) =>
  implementActivities(shipping, {
    async book(booking, context) {
      try {
        return await call<{ shipmentId: string; trackingNumber: string }>("/shipping/book", booking, context);
      } catch (error) {
        if (isRefusal(error, "AddressRejected")) throw shipping.errors.AddressRejected({ reason: error.reason });
        throw error;
      }
    },
    cancel: ({ orderId, bookingKey }, context) =>
      call<{ canceled: boolean }>("/shipping/cancel", { orderId, undoes: bookingKey }, context),
  });
