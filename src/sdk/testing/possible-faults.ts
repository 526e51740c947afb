import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import type { Fault } from "./faults.ts";
import type { TestRigOptions } from "./rig-options.ts";

/** @throws `InvalidDefinition` when a fault is to kill what belongs to others, or can't be killed alone. */
export function assertFaultsPossible(faults: readonly Fault[], { worker, server, address }: TestRigOptions): void {
  for (const { kind, step } of faults) {
    if (kind === "kill-worker" && !worker) {
      throw new InvalidDefinition({
        what: "A fault of the test rig",
        got: `killWorkerAt("${step}")`,
        remedy: "Give the worker a process of its own, which can be killed: createTestRig({ …, worker: { module } }).",
      });
    }
    if (kind === "restart-server" && (server !== "real" || address !== undefined)) {
      throw new InvalidDefinition({
        what: "A fault of the test rig",
        got: `restartServerAt("${step}")`,
        remedy:
          "Give the rig a real server of its own, which can be killed: " +
          'createTestRig({ …, server: "real" }), without `address`.',
      });
    }
  }
}
