/** What the form knows of JSON Schema; all else is filled in as JSON. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

/** A schema as it is drawn: one that also takes null is drawn as if it did not, and left empty it is null. */
export interface DrawnSchema {
  readonly schema: JsonSchema;
  readonly isNullable: boolean;
}

export type FieldKind = "choice" | "number" | "text" | "group" | "list" | "json";

/** Deeper groups are filled in as JSON. */
const deepest = 3;

export function drawn(given: JsonSchema | true, root: JsonSchema): DrawnSchema {
  const schema = resolved(given === true ? {} : given, root);
  const kinds = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  const [kind] = kinds;
  if (schema.anyOf?.length !== 2 || kinds.length !== 1 || !kind) return { schema, isNullable: false };
  const { anyOf: _, ...rest } = schema;
  return { schema: { ...rest, ...resolved(kind, root) }, isNullable: true };
}

export function kindOf({ schema, isNullable }: DrawnSchema, depth: number): FieldKind {
  if (Array.isArray(schema.enum) || schema.type === "boolean" || "const" in schema) return "choice";
  if (schema.type === "number" || schema.type === "integer") return "number";
  if (schema.type === "string") return "text";
  if (isNullable || depth >= deepest) return "json";
  if (schema.type === "object" && schema.properties && Object.keys(schema.properties).length > 0) return "group";
  return schema.type === "array" && schema.items ? "list" : "json";
}

export function choicesOf(schema: JsonSchema): readonly unknown[] {
  if (Array.isArray(schema.enum)) return schema.enum as readonly unknown[];
  return "const" in schema ? [schema.const] : [true, false];
}

/** What a form begins with: the defaults, and a group for each object that is needed. */
export function initialValue(given: JsonSchema, root: JsonSchema, isOptional: boolean, depth = 0): unknown {
  const place = drawn(given, root);
  const { schema } = place;
  if (schema.default !== undefined) return schema.default;
  if (isOptional) return undefined;
  if (place.isNullable) return null;
  const kind = kindOf(place, depth);
  if (kind === "list") return [];
  if (kind !== "group") return undefined;
  const entries = Object.entries(schema.properties ?? {}).map(([name, member]) => [
    name,
    initialValue(member, root, !(schema.required ?? []).includes(name), depth + 1),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown;
}

function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  const found = name === undefined ? undefined : root.$defs?.[name];
  if (!found) return schema;
  const { $ref: _, ...rest } = schema;
  return { ...found, ...rest };
}
