import type { z } from "zod";
import { type JsonSchema, mapSchema, toJsonSchema, withRefs } from "./json-schema.ts";

/** The named schemas of a document, as they are collected. */
export interface Components {
  /** A schema of the API itself; what has an id becomes a component of that name. */
  add(schema: z.ZodType, io: "input" | "output"): JsonSchema;
  /** A contract's schema as a component of its own; a reference to it. What it defines inside goes beside it. */
  addContract(name: string, schema: z.ZodType, options: ContractOptions): JsonSchema;
  /** JSON Schema as a component; a reference to it. */
  define(name: string, schema: JsonSchema): JsonSchema;
  /** An answer that several operations have; a reference to it. */
  defineResponse(name: string, response: object): JsonSchema;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly responses: Readonly<Record<string, object>>;
}

interface ContractOptions {
  readonly io: "input" | "output";
  /** Unless the schema has one. */
  readonly description: string;
  /** Fields whose values are replaced where they are shown. */
  readonly redact?: readonly string[];
}

export function createComponents(): Components {
  const schemas: Record<string, JsonSchema> = {};
  const define = (name: string, schema: JsonSchema): JsonSchema => {
    schemas[name] = schema;
    return { $ref: refTo(name) };
  };
  const responses: Record<string, object> = {};
  const added = { input: new Map<z.ZodType, JsonSchema>(), output: new Map<z.ZodType, JsonSchema>() };
  const add: Components["add"] = (schema, io) => {
    const known = added[io].get(schema);
    if (known) return known;
    const { schema: own, defs } = toJsonSchema(schema, io);
    for (const [name, definition] of Object.entries(defs)) define(name, withRefs(definition, refTo));
    const placed = withRefs(own, refTo);
    added[io].set(schema, placed);
    return placed;
  };
  return {
    schemas,
    responses,
    define,
    defineResponse(name, response) {
      responses[name] = response;
      return { $ref: `#/components/responses/${name}` };
    },
    add,
    addContract(name, schema, { io, description, redact = [] }) {
      const { schema: own, defs } = toJsonSchema(schema, io);
      // Beside it, not inside: generated types can't refer to a part of themselves.
      const beside = (local: string) => `${name}.${local.replace(/[^\w.-]/g, "_")}`;
      const placed = (definition: JsonSchema) => {
        const schemaOfAny = withRefs(definition, (local) => refTo(beside(local)));
        return io === "output" ? shown(schemaOfAny, redact) : schemaOfAny;
      };
      for (const [local, definition] of Object.entries(defs)) define(beside(local), placed(definition));
      return define(name, { description, ...placed(own) });
    },
  };
}

/**
 * The same schema with other types for some of its members, of a union in each part that has them. Each is then always
 * there, unless its type says otherwise.
 */
export function withMembers(schema: JsonSchema, members: Readonly<Record<string, Member>>): JsonSchema {
  if (schema.oneOf) return { ...schema, oneOf: schema.oneOf.map((part) => withMembers(part, members)) };
  if (schema.anyOf) return { ...schema, anyOf: schema.anyOf.map((part) => withMembers(part, members)) };
  const { properties = {}, required = [] } = schema;
  const known = Object.entries(members).filter(([name]) => name in properties);
  if (known.length === 0) return schema;
  const always = known.flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
  return {
    ...schema,
    properties: { ...properties, ...Object.fromEntries(known.map(([name, member]) => [name, member.schema])) },
    ...(required.length + always.length > 0 && { required: [...new Set([...required, ...always])] }),
  };
}

/** A member of an object. */
export interface Member {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** One of several schemas; they may overlap. */
export function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const [only] = schemas;
  return only && schemas.length === 1 ? only : { anyOf: [...schemas] };
}

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** As it is answered: nothing strips what a contract does not know, and what it redacts is replaced. */
function shown(schema: JsonSchema, redact: readonly string[]): JsonSchema {
  return mapSchema(schema, ({ additionalProperties, properties, ...rest }) => {
    const fields = Object.entries(properties ?? {}).map(([name, field]) => [
      name,
      redact.includes(name) ? hidden : field,
    ]);
    return {
      ...rest,
      ...(properties && { properties: Object.fromEntries(fields) as Record<string, JsonSchema> }),
      ...(additionalProperties !== undefined && additionalProperties !== false && { additionalProperties }),
    };
  });
}

const hidden: JsonSchema = { type: "string", const: "[redacted]", description: "Never shown" };
