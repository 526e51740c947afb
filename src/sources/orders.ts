import { defineEventSource, onEvent } from "tenuto";
import { rabbitMq } from "tenuto/events";
import { fulfillOrderContract } from "../workflows/fulfill-order.contract.ts";

/** Orders that another system of the shop puts into a queue of RabbitMQ. */
export const orders = defineEventSource("orders", {
  from: rabbitMq({ queue: "orders", url: "TENUTO_RABBITMQ_URL" }),
  on: { "order.placed": onEvent(fulfillOrderContract.input, { start: fulfillOrderContract, input: (order) => order }) },
  description: "Orders from the queue `orders` of RabbitMQ.",
});
