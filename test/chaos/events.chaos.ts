// npm run chaos -- events [--messages 10000] [--poison 100] [--broker-restarts 10] [--consumer-kills 10] [--seed 1]
import { parseArgs } from "node:util";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { eventChaos } from "./events.ts";
import { onOwnServer } from "./on-own-server.ts";

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "10000" },
    poison: { type: "string", default: "100" },
    "broker-restarts": { type: "string", default: "10" },
    "consumer-kills": { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
  },
});

Runtime.install({ logger: new DefaultLogger("ERROR") });
await onOwnServer(async ({ address, log }) => {
  const [messages, poison] = [Number(values.messages), Number(values.poison)];
  const report = await eventChaos({
    ...{ address, messages, poison, log },
    brokerRestarts: Number(values["broker-restarts"]),
    consumerKills: Number(values["consumer-kills"]),
    seed: Number(values.seed),
  });
  console.log(JSON.stringify(report, undefined, 1));
  const { runs, lost, doubled, isolated, left } = report;
  console.log(`${runs} runs, ${lost.length} lost, ${doubled.length} doubled, ${isolated} of ${poison} poison isolated`);
  return runs === messages && lost.length + doubled.length + left === 0 && isolated === poison;
});
