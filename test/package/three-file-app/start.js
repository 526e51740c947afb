import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createClient } from "tenuto/client";
import { createWorker } from "tenuto/worker";
import { greetContract, greetings } from "./greeter.contract.js";

const app = defineApp({ name: "greeter", workflows: [greetContract], activities: [greetings] });

const worker = await createWorker({
  app,
  workflows: new URL("./workflows.js", import.meta.url),
  activities: [
    implementActivities(greetings, {
      async compose({ name }) {
        return `Hello, ${name}!`;
      },
    }),
  ],
});
const running = worker.run();
const client = await createClient(app);

try {
  const { workflowId } = await client.start(greetContract, { name: "World" });
  const { status, result } = await client.result(workflowId, { waitMs: 20_000 });
  const history = await client.history(workflowId);
  console.log(JSON.stringify({ workflowId, status, result, history }, null, 2));
} finally {
  await client.close();
  worker.shutdown();
  await running;
}
