/** The same JSON with each payload replaced by its value; one that isn't JSON stays, with its encoding in clear. */
export function withValues(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withValues);
  if (typeof json !== "object" || json === null) return json;
  const encoding = encodingOf(json);
  if (encoding !== undefined) return valueOf(json, encoding);
  return Object.fromEntries(Object.entries(json).map(([name, member]) => [name, withValues(member)]));
}

/** Only a payload has `metadata` with a base64 `encoding` in it. */
function encodingOf(json: object): string | undefined {
  if (!("metadata" in json) || typeof json.metadata !== "object" || json.metadata === null) return undefined;
  if (!("encoding" in json.metadata) || typeof json.metadata.encoding !== "string") return undefined;
  return fromBase64(json.metadata.encoding);
}

function valueOf(payload: object, encoding: string): unknown {
  const data = "data" in payload && typeof payload.data === "string" ? payload.data : "";
  if (encoding === "binary/null") return null;
  if (encoding === "json/plain") {
    try {
      return JSON.parse(fromBase64(data));
    } catch {
      // Somebody's client wrote it; shown as it is.
    }
  }
  return { encoding, data };
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}
