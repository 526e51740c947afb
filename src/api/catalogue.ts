import { type App, type Idempotency, UnknownWorkflowType, type WorkflowContract } from "tenuto";
import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a caller needs to know of a workflow. */
export interface CatalogueEntry {
  readonly name: string;
  readonly description: string;
  readonly idempotency: Idempotency;
  readonly input: JsonSchema;
  readonly output: JsonSchema;
  readonly signals: Readonly<Record<string, JsonSchema>>;
  /** The names of the errors that a run may end with. */
  readonly errors: readonly string[];
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
    input: schemaOf(contract.input, "input"),
    output: schemaOf(contract.output, "output"),
    signals: Object.fromEntries(
      Object.entries(contract.signals).map(([name, schema]) => [name, schemaOf(schema, "input")]),
    ),
    errors: Object.keys(contract.errors),
  };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  return z.toJSONSchema(schema, { io, unrepresentable: "any" });
}
