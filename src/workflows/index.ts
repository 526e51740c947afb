export { dailyDigest } from "./daily-digest.ts";
export { fulfillOrder } from "./fulfill-order.ts";
export { returnRequest } from "./return-request.ts";
