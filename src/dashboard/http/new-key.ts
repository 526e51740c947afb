/**
 * A key by which the API does something once. `crypto.randomUUID` is there on secure pages only, and an API on a company's
 * network may be none.
 */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
