// Refuses schemas of values that JSON can't carry, when a contract is defined. In the isolate schemas are inert, where
// no `_zod.def.type` is a string: nothing is looked at there, and Node has refused the contract before.
import type { z } from "zod";
import { InvalidDefinition } from "./errors/invalid-definition.ts";

/**
 * What of a schema's values travels: `parsed` is what the schema makes of a value; `both` also what a caller sends;
 * `unchanged` is for data that its sender does not parse, so that no schema may change it.
 */
export type Travels = "parsed" | "both" | "unchanged";

/** A schema as far as the walk cares; every member is checked before it is used. */
interface Definition {
  readonly type: string;
  readonly [member: string]: unknown;
}

interface Place {
  readonly schema: unknown;
  readonly path: string;
}

type Side = "sent" | "parsed";

/** Enough for every contract that people write; a schema that makes new ones for ever is left at that. */
const mostSchemas = 10_000;

const remedies: Readonly<Record<string, string>> = {
  date: "Use z.iso.datetime(), a string.",
  bigint: "Use z.string() with the digits, or z.int() below 2^53.",
  map: "Use z.record(), or an array of pairs.",
  set: "Use z.array().",
  nan: "Use z.number().nullable().",
  undefined: "Use z.null(), or leave the field out by .optional().",
  void: "Use z.null().",
  symbol: "Use z.string() or z.enum().",
  function: "Send what the function is to do as data.",
  file: "Store the file elsewhere, and send its address.",
  promise: "Send what it resolves to.",
};

/**
 * Refuses a schema whose values would arrive as something else, or not at all.
 *
 * @throws {@link InvalidDefinition} naming `what` and the place in the schema.
 */
export function assertCarriable(schema: z.ZodType, what: string, travels: Travels): void {
  assertSide(schema, what, "parsed", travels);
  if (travels !== "parsed") assertSide(schema, what, "sent", travels);
}

function assertSide(root: unknown, what: string, side: Side, travels: Travels): void {
  const seen = new Set<unknown>();
  const places: Place[] = [{ schema: root, path: "" }];
  for (let place = places.pop(); place && seen.size < mostSchemas; place = places.pop()) {
    const definition = definitionOf(place.schema);
    if (!definition || seen.has(place.schema)) continue;
    seen.add(place.schema);
    // Nothing at all is carried by sending nothing; inside of something it would be lost.
    if (place.path === "" && (definition.type === "undefined" || definition.type === "void")) continue;
    const problem = problemOf(definition, travels);
    if (problem) {
      const where = place.path === "" ? what : `${place.path} in ${what}`;
      throw new InvalidDefinition({ what: where, got: problem.got, remedy: problem.remedy });
    }
    places.push(...partsOf(definition, place, side));
  }
}

/** A real schema's definition; `undefined` for an inert one, and for what is no schema. */
function definitionOf(schema: unknown): Definition | undefined {
  const definition = memberOf(memberOf(schema, "_zod"), "def");
  return typeof memberOf(definition, "type") === "string" ? (definition as Definition) : undefined;
}

function problemOf(
  definition: Definition,
  travels: Travels,
): { readonly got: string; readonly remedy: string } | undefined {
  // Not taken apart: the shape of an object may be a getter that can't be read yet.
  const { type } = definition;
  const remedy = remedies[type];
  if (remedy !== undefined) return { got: `z.${type}(), which JSON can't carry`, remedy };
  if (type === "literal") {
    const wrong = listOf(definition["values"]).filter((value) => !isJson(value));
    if (wrong.length > 0)
      return {
        got: `the literal ${String(wrong[0])}, which JSON can't carry`,
        remedy: "Use a string, number or null.",
      };
  }
  if (travels === "unchanged" && (type === "transform" || typeof definition["transform"] === "function")) {
    return {
      got: "a transformation, where data is checked but not changed",
      remedy: "Describe the data as it is thrown, without .transform(), .preprocess() or a codec.",
    };
  }
  return undefined;
}

/** The schemas inside one, as far as their values are in what travels. */
function partsOf(definition: Definition, { path }: Place, side: Side): readonly Place[] {
  const at = (schema: unknown, below = "") => ({ schema, path: path + below });
  switch (definition.type) {
    case "object":
      return [
        ...listOf(attempted(() => Object.entries(definition["shape"] as object))).map((entry) => {
          const [name, field] = entry as [string, unknown];
          return at(field, `/${name}`);
        }),
        at(definition["catchall"]),
      ];
    case "array":
      return [at(definition["element"], "/*")];
    case "tuple":
      return [...listOf(definition["items"]).map((item, index) => at(item, `/${index}`)), at(definition["rest"], "/*")];
    case "record":
      return [at(definition["keyType"], "/*"), at(definition["valueType"], "/*")];
    case "union":
      return listOf(definition["options"]).map((option) => at(option));
    case "intersection":
      return [at(definition["left"]), at(definition["right"])];
    case "pipe":
      return [at(definition[side === "sent" ? "in" : "out"])];
    case "lazy":
      return [at(attempted(definition["getter"]))];
    case "success":
      return side === "sent" ? [at(definition["innerType"])] : [];
    default:
      return [at(definition["innerType"])];
  }
}

/** What a getter gives; nothing when it names a schema that is defined further down, as recursive ones may. */
function attempted(getter: unknown): unknown {
  try {
    return typeof getter === "function" ? (getter as () => unknown)() : undefined;
  } catch {
    return undefined;
  }
}

function isJson(value: unknown): boolean {
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function memberOf(value: unknown, name: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
