// What somebody would write who has Express and Temporal's client alone: no schema, no key, no guard.
import type { AddressInfo } from "node:net";
import { Client, Connection } from "@temporalio/client";
import express from "express";
import type { Order } from "../../src/workflows/order.contract.ts";
import type { z } from "zod";

const client = new Client({
  connection: await Connection.connect({ address: process.env["TEMPORAL_ADDRESS"] ?? "127.0.0.1:7233" }),
});
const app = express();
app.post("/v1/workflow-types/fulfillOrder/runs", express.json(), async (request, response) => {
  const { input } = request.body as { readonly input: z.output<typeof Order> };
  const workflowId = `order-${input.id}`;
  const { firstExecutionRunId: runId } = await client.workflow.start("fulfillOrder", {
    taskQueue: "shop",
    workflowId,
    args: [input],
  });
  response.status(202).location(`/v1/runs/${workflowId}`).json({ workflowId, runId });
});
const server = app.listen(0, "127.0.0.1", () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once("disconnect", () => process.exit(0));
