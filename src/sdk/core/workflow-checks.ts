import { assertCarriable } from "./carriable-schema.ts";
import type { ErrorSchemas } from "./declared-error.ts";
import type { CallSchemas, MessageSchemas, WorkflowDefinition } from "./define-workflow.ts";
import { assertErrorName, assertName } from "./definition-name.ts";
import { parsePositiveDuration } from "./duration.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import { assertConcurrency, type Concurrency } from "./lane.ts";
import { assertLane } from "./priority.ts";
import { assertQueue } from "./queue.ts";
import { eventsOfVersions } from "./state-machine/previous-version.ts";

type Checked = Pick<WorkflowDefinition, "input" | "output" | "queue" | "sla" | "deadline" | "lane" | "machine"> & {
  readonly concurrency?: Concurrency<never>;
  readonly errors?: ErrorSchemas;
  readonly signals?: MessageSchemas;
  readonly queries?: CallSchemas;
  readonly updates?: CallSchemas;
};

/** @throws `InvalidDefinition` when a workflow's definition can't mean anything sound. */
export function assertWorkflow(name: string, definition: Checked): void {
  const whose = `workflow "${name}"`;
  assertName(name, "The name of a workflow");
  assertQueue(definition.queue, whose);
  if (definition.sla !== undefined) parsePositiveDuration(definition.sla, `\`sla\` of ${whose}`);
  if (definition.deadline !== undefined) parsePositiveDuration(definition.deadline, `\`deadline\` of ${whose}`);
  assertLane(definition.lane, whose);
  if (definition.concurrency) assertConcurrency(definition.concurrency, whose);
  assertCarriable(definition.input, `The input of ${whose}`, "both");
  assertCarriable(definition.output, `The output of ${whose}`, "parsed");
  for (const [error, schema] of Object.entries(definition.errors ?? {})) {
    assertErrorName(error, `The name of an error of ${whose}`);
    assertCarriable(schema, `The data of error "${error}" of ${whose}`, "unchanged");
  }
  for (const [signal, schema] of Object.entries(definition.signals ?? {})) {
    assertName(signal, `The name of a signal of ${whose}`);
    assertCarriable(schema, `The payload of signal "${signal}" of ${whose}`, "both");
  }
  assertCalls(definition.queries, "query", whose);
  assertCalls(definition.updates, "update", whose);
  const { machine, updates = {} } = definition;
  const events = machine ? Object.keys(eventsOfVersions(machine)) : [];
  const twice = events.find((event) => Object.hasOwn(updates, event));
  if (twice === undefined) return;
  throw new InvalidDefinition({
    what: `\`updates\` of ${whose}`,
    got: twice,
    remedy: "It is an event of its machine, and each of those is an update already. Give the other one another name.",
  });
}

function assertCalls(calls: CallSchemas = {}, kind: "query" | "update", whose: string): void {
  for (const [call, { input, output }] of Object.entries(calls)) {
    assertName(call, `The name of a ${kind} of ${whose}`);
    assertCarriable(input, `The input of ${kind} "${call}" of ${whose}`, "both");
    assertCarriable(output, `The output of ${kind} "${call}" of ${whose}`, "parsed");
  }
}
