// Both take the same signed events, each in a process of its own: Tenuto's API, and what somebody would write who has Express, the
// scheme's own library and Temporal's client alone.
import type { AddressInfo } from "node:net";
import { Client, Connection } from "@temporalio/client";
import express from "express";
import { Webhook } from "standardwebhooks";
import { defineApp, defineEventSource, defineWorkflow, onEvent } from "tenuto";
import { createApi, listenApi } from "tenuto/api";
import { createClient } from "tenuto/client";
import { createWebhooks, standardWebhooks, superviseWebhooks, webhook } from "tenuto/events";
import { z } from "zod";

const address = process.env["TEMPORAL_ADDRESS"] ?? "127.0.0.1:7233";
const secret = process.env["BENCH_SECRET"] ?? "";

process.send?.(await (process.argv[2] === "tenuto" ? servedByTenuto() : served()));
process.once("disconnect", () => process.exit(0));

async function servedByTenuto(): Promise<string> {
  const Placed = z.object({ id: z.string() });
  const order = defineWorkflow("order", { input: Placed, output: z.null(), workflowId: ({ id }) => `order-${id}` });
  const source = defineEventSource("orders", {
    from: webhook({ signature: standardWebhooks({ secrets: "BENCH_SECRET" }) }),
    on: { placed: onEvent(Placed, { start: order, input: (data) => data }) },
  });
  const app = defineApp({ name: "bench-webhooks", workflows: [order], activities: [], sources: [source] });
  const client = await createClient(app, { connection: await Connection.connect({ address }) });
  const webhooks = superviseWebhooks({
    ...{ app, client },
    webhooks: createWebhooks({ app, client, variables: process.env }),
  });
  const api = createApi({ client, app, webhooks, requestsPerMinute: 1_000_000 });
  return (await listenApi(api, { host: "127.0.0.1", port: 0 })).url;
}

async function served(): Promise<string> {
  const client = new Client({ connection: await Connection.connect({ address }) });
  const signed = new Webhook(secret);
  const app = express();
  app.post("/v1/webhooks/orders", express.raw({ type: "application/json" }), async (request, response) => {
    const { data } = signed.verify(request.body as Buffer, request.headers as Record<string, string>) as {
      readonly data: { readonly id: string };
    };
    const workflowId = `bare-${data.id}`;
    await client.workflow.start("order", { workflowId, taskQueue: "bench-raw", args: [data] });
    response.status(202).json({ workflowId });
  });
  return new Promise((resolve) => {
    const server = app.listen(0, "127.0.0.1", () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}
