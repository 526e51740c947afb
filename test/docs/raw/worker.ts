import { fileURLToPath } from "node:url";
import { type NativeConnection, Worker } from "@temporalio/worker";
import { createActivities } from "./activities.ts";

export async function createWorker(connection: NativeConnection, namespace: string, providerUrl: string) {
  return Worker.create({
    connection,
    namespace,
    taskQueue: "shop",
    workflowsPath: fileURLToPath(new URL("./fulfill-order.ts", import.meta.url)),
    activities: createActivities(providerUrl),
    // By default a cancellation may reach a running attempt half a minute late.
    maxHeartbeatThrottleInterval: "1s",
    defaultHeartbeatThrottleInterval: "1s",
  });
}
