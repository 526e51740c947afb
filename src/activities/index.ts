import { createMail } from "./mail.ts";
import { createPayments } from "./payments.ts";
import { createProviderCall } from "./provider-call.ts";
import { createReturns } from "./returns.ts";
import { createShipping } from "./shipping.ts";
import { createStock } from "./stock.ts";

/** The shop's activities, all calling the provider at one address. */
export function createShopActivities(providerUrl: string) {
  const call = createProviderCall(providerUrl);
  return [createStock(call), createPayments(call), createShipping(call), createMail(call), createReturns(call)];
}
