import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, NativeConnection } from "@temporalio/worker";
import { createWorker } from "../docs/raw/worker.ts";
import { replayAll } from "./replay.ts";
import { type Stack, startStack, testServer } from "./stack.ts";

/** The shop as docs/raw-temporal.md has it on raw Temporal, with a sandbox of its own. */
export async function startRawShop(): Promise<Omit<Stack, "startWorker" | "startApi">> {
  const workflowsPath = fileURLToPath(new URL("../docs/raw/fulfill-order.ts", import.meta.url));
  const connection = await NativeConnection.connect({ address: testServer() });
  const stack = await startStack(testServer(), async (client) =>
    replayAll(client, await bundleWorkflowCode({ workflowsPath })),
  );
  const worker = await createWorker(connection, stack.namespace, stack.sandboxUrl);
  const running = worker.run();
  return {
    ...stack,
    close: async () => {
      worker.shutdown();
      await running;
      await connection.close();
      await stack.close();
    },
  };
}
