export { fulfillOrder } from "./fulfill-order.ts";
export { returnRequest } from "./return-request.ts";
