import type { z } from "zod";
import { type JsonSchema, toJsonSchema } from "./json-schema.ts";

/**
 * An example of what a caller sends: the schema's own, by `.meta({ examples })`, else one that is made from it.
 * `undefined` when what can be made is not what the schema takes, as with a pattern.
 */
export function exampleOf(schema: z.ZodType): unknown {
  const { schema: json, defs } = toJsonSchema(schema, "input");
  const example = sample(json, { defs, depth: 0 });
  return isTaken(schema, example) ? example : undefined;
}

/** Whether a schema takes a value; one that has to wait for that is not asked. */
export function isTaken(schema: z.ZodType, value: unknown): boolean {
  try {
    return schema.safeParse(value).success;
  } catch {
    return false;
  }
}

interface Sampling {
  readonly defs: Readonly<Record<string, JsonSchema>>;
  readonly depth: number;
}

/** Below it, only what is required is filled in: a recursive schema comes to an end. */
const mostDepth = 6;

function sample(schema: JsonSchema, { defs, depth }: Sampling): unknown {
  const inside = (part: unknown) => sample((part ?? {}) as JsonSchema, { defs, depth: depth + 1 });
  if (depth > 2 * mostDepth) return null;
  if (schema.$ref !== undefined) return inside(defs[schema.$ref.replace("#/$defs/", "")]);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return inside(options.find(({ type }) => type !== "null") ?? options[0]);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(inside));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => depth < mostDepth || schema.required?.includes(name))
          .map(([name, field]) => [name, inside(field)]),
      );
    case "array": {
      const items = schema.prefixItems?.map(inside) ?? [];
      while (items.length < Math.max(schema.minItems ?? 0, schema.prefixItems ? 0 : 1))
        items.push(inside(schema.items));
      return items;
    }
    case "string":
      return sampleText(schema);
    case "integer":
    case "number":
      return sampleNumber(schema);
    case "boolean":
      return true;
    default:
      return null;
  }
}

const texts: Readonly<Record<string, string>> = {
  "date-time": "2026-01-31T09:30:00Z",
  date: "2026-01-31",
  time: "09:30:00",
  duration: "PT10M",
  email: "ada@example.com",
  uri: "https://example.com/",
  uuid: "3f0b4d57-9a4f-4c53-8f5e-0d6a2d1c7b11",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
};

function sampleText({ format = "", minLength = 0, maxLength = Infinity }: JsonSchema): string {
  return texts[format] ?? "text".padEnd(minLength, "-").slice(0, maxLength);
}

function sampleNumber(schema: JsonSchema): number {
  const { minimum, exclusiveMinimum, maximum = Infinity, multipleOf = 1 } = schema;
  const least = minimum ?? (typeof exclusiveMinimum === "number" ? exclusiveMinimum + multipleOf : 1);
  const isUnbounded = Math.abs(least) >= Number.MAX_SAFE_INTEGER;
  return Math.min(isUnbounded ? multipleOf : Math.ceil(least / multipleOf) * multipleOf, maximum);
}
