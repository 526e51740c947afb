import {
  type App,
  type CallSchemas,
  type Duration,
  type Idempotency,
  type Lane,
  type LaneDefinition,
  machineDiagram,
  type MachineOutline,
  machineOutline,
  type OnLimit,
  type StateMachine,
  UnknownWorkflowType,
  type WorkflowContract,
} from "tenuto";
import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a query or an update takes and answers. */
interface CatalogueCall {
  readonly input: JsonSchema;
  readonly output: JsonSchema;
}

/** The state machine that the runs of a workflow are, in its newest version. */
export interface CatalogueMachine {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  /** The paths of its states, in document order. */
  readonly states: readonly string[];
  /** Each is among the updates. */
  readonly events: readonly string[];
  /** Its states and transitions, to draw it by. */
  readonly outline: MachineOutline;
  /** Its diagram. */
  readonly mermaid: string;
}

/** What a caller needs to know of a workflow. */
export interface CatalogueEntry {
  readonly name: string;
  readonly description: string;
  readonly idempotency: Idempotency;
  /** The longest that a run should take. */
  readonly sla?: Duration;
  /** The longest that a run may take. */
  readonly deadline?: Duration;
  /** Which of its runs go first where work waits. */
  readonly lane?: Omit<Lane, "fairnessKey"> & { readonly fairnessKey?: string; readonly isKeyOfInput: boolean };
  /** How many runs may be at work at once; of each key, or of the type. */
  readonly concurrency?: { readonly limit: number; readonly onLimit: OnLimit; readonly isByKey: boolean };
  readonly input: JsonSchema;
  readonly output: JsonSchema;
  readonly signals: Readonly<Record<string, JsonSchema>>;
  readonly queries: Readonly<Record<string, CatalogueCall>>;
  readonly updates: Readonly<Record<string, CatalogueCall>>;
  readonly machine?: CatalogueMachine;
  /** What the errors that a run may end with carry. */
  readonly errors: Readonly<Record<string, JsonSchema>>;
}

/** The app's workflows, described once for all requests. */
export interface Catalogue {
  all(): readonly CatalogueEntry[];
  /** @throws {@link UnknownWorkflowType} */
  find(type: string): CatalogueEntry;
}

export function createCatalogue({ workflows }: App): Catalogue {
  const entries = new Map(workflows.map((contract) => [contract.name, entryOf(contract)]));
  return {
    all: () => [...entries.values()],
    find(type) {
      const entry = entries.get(type);
      if (!entry) throw new UnknownWorkflowType(type, [...entries.keys()]);
      return entry;
    },
  };
}

function entryOf(contract: WorkflowContract): CatalogueEntry {
  return {
    name: contract.name,
    description: contract.description,
    idempotency: contract.idempotency,
    ...(contract.sla !== undefined && { sla: contract.sla }),
    ...(contract.deadline !== undefined && { deadline: contract.deadline }),
    ...(contract.lane && { lane: laneOf(contract.lane) }),
    ...(contract.concurrency && { concurrency: concurrencyOf(contract.concurrency) }),
    input: schemaOf(contract.input, "input"),
    output: schemaOf(contract.output, "output"),
    signals: mapped(contract.signals, (schema) => schemaOf(schema, "input")),
    queries: mapped(contract.queries, callOf),
    updates: mapped(contract.updates, callOf),
    ...(contract.machine && { machine: machineOf(contract.machine) }),
    errors: mapped(contract.errorSchemas, (schema) => schemaOf(schema, "output")),
  };
}

function laneOf({ fairnessKey, ...rest }: LaneDefinition): NonNullable<CatalogueEntry["lane"]> {
  if (typeof fairnessKey === "function") return { ...rest, isKeyOfInput: true };
  return { ...rest, ...(fairnessKey !== undefined && { fairnessKey }), isKeyOfInput: false };
}

function concurrencyOf({ limit, onLimit = "wait", ...by }: NonNullable<WorkflowContract["concurrency"]>) {
  return { limit, onLimit, isByKey: by.key !== undefined };
}

function machineOf(machine: StateMachine): CatalogueMachine {
  const { name, version, description, nodes, events } = machine;
  const states = [...nodes.keys()].filter((path) => path !== "");
  return {
    ...{ name, version, description, states },
    events: Object.keys(events),
    outline: machineOutline(machine),
    mermaid: machineDiagram(machine),
  };
}

function callOf({ input, output }: CallSchemas[string]): CatalogueCall {
  return { input: schemaOf(input, "input"), output: schemaOf(output, "output") };
}

function mapped<From, To>(
  members: Readonly<Record<string, From>>,
  to: (member: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, to(member)]));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  return z.toJSONSchema(schema, { io, unrepresentable: "any" });
}
