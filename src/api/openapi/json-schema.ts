import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A zod schema as JSON Schema; `schema` refers to `defs` by `#/$defs/NAME`. */
export interface Converted {
  readonly schema: JsonSchema;
  readonly defs: Readonly<Record<string, JsonSchema>>;
}

/**
 * Converts by zod's own function: what it makes is the JSON Schema of OpenAPI 3.1 already. What JSON Schema can't say,
 * such as what a transformation gives, may be anything.
 */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Converted {
  // Inside of something, because a schema with an id becomes a reference there, and a recursive one gets a name.
  const converted = z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: "any" });
  return { schema: { ...(converted.properties?.["it"] as JsonSchema) }, defs: converted.$defs ?? {} };
}

/** Rebuilds a schema from its parts up; `change` is given each part that is a schema, after what is inside of it. */
export function mapSchema(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const inside = Object.entries(schema).map(
    ([keyword, value]) => [keyword, mapKeyword(keyword, value, change)] as const,
  );
  return change(Object.fromEntries(inside));
}

const ofOne = new Set(["items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"]);
const ofMany = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const ofNamed = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

function mapKeyword(keyword: string, value: unknown, change: (part: JsonSchema) => JsonSchema): unknown {
  const mapped = (part: unknown) => (isSchema(part) ? mapSchema(part, change) : part);
  if (ofOne.has(keyword)) return mapped(value);
  if (ofMany.has(keyword) && Array.isArray(value)) return value.map(mapped);
  if (!ofNamed.has(keyword) || !isSchema(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapped(part)]));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same schema with each reference to a definition leading to where `to` says. */
export function withRefs(schema: JsonSchema, to: (name: string) => string): JsonSchema {
  return mapSchema(schema, ({ $ref, ...rest }) => {
    if ($ref === undefined) return rest;
    const name = /^#\/\$defs\/(.*)$/.exec($ref)?.[1]?.replaceAll("~1", "/").replaceAll("~0", "~");
    return { ...rest, $ref: name === undefined ? $ref : to(name) };
  });
}
