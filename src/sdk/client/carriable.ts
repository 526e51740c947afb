import { pointerTo, type ValidationIssue } from "../core/errors/validation-issue.ts";

/** Below JSON's recursion limits by far, and above any input that people write. */
const maxDepth = 64;

interface Place {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/** The first place in a value that JSON can't carry: it would arrive as something else, or not at all. */
export function findUncarriable(value: unknown, prefix: string): ValidationIssue | undefined {
  const places: Place[] = [{ value, path: [] }];
  for (let place = places.pop(); place; place = places.pop()) {
    const problem = place.path.length > maxDepth ? `Nested deeper than ${maxDepth}` : problemOf(place.value);
    if (problem !== undefined) return { pointer: prefix + pointerTo(place.path), message: problem };
    // Not by spreading: a body can hold more members than a call takes arguments.
    for (const member of membersOf(place)) places.push(member);
  }
  return undefined;
}

function membersOf({ value, path }: Place): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([, member]) => member !== undefined || Array.isArray(value))
    .map(([name, member]) => ({ value: member as unknown, path: [...path, name] }));
}

function problemOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : `JSON can't carry ${value}`;
    case "object":
      return value === null || Array.isArray(value) || isPlain(value)
        ? undefined
        : `JSON can't carry a ${value.constructor?.name ?? "value of this kind"}`;
    default:
      return `JSON can't carry a value of type ${typeof value}`;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
