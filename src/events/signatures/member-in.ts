/**
 * A text that a body of JSON has under a name, at its top; nothing, when the body is none. Asked after the signature
 * passed: what is wrong with a body is said by what decodes it.
 */
export function memberIn(body: Uint8Array, name: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  const member = (value as Readonly<Record<string, unknown>>)[name];
  return typeof member === "string" && member !== "" ? member : undefined;
}
