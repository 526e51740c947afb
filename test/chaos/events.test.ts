import assert from "node:assert/strict";
import { test } from "node:test";
import { brokerOrSkip } from "../rig/brokers.ts";
import { testServer } from "../rig/stack.ts";
import { eventChaos } from "./events.ts";

const { skip } = brokerOrSkip("rabbitmq");

test(
  "1,000 messages under a broker restart and a consumer kill: 1,000 runs, each once; 10 of poison are kept",
  {
    skip,
  },
  async () => {
    const lines: string[] = [];
    const options = { messages: 1_000, poison: 10, brokerRestarts: 1, consumerKills: 1, seed: 7 };
    const { waitedMs: _, ...report } = await eventChaos({
      ...options,
      address: testServer(),
      log: (line) => lines.push(`${new Date().toISOString()} ${line}`),
    });
    const { messages: runs, poison: isolated, brokerRestarts, consumerKills } = options;
    const expected = { runs, lost: [], doubled: [], isolated, brokerRestarts, consumerKills, left: 0 };
    assert.deepEqual(report, expected, lines.join("\n"));
  },
);
