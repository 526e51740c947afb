/** The members of a JSON object; none of anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : {};
}

/** How many characters the id and the type of an event may have. */
export const longestName = 255;

/** Whether a value can be the id or the type of an event. */
export function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= longestName;
}
