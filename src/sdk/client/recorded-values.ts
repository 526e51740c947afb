import { redacted, secretsIn } from "../core/redacted.ts";
import type { LetterEvent } from "../core/letter-event.ts";
import { encryptedEncoding, keyIdMetadata } from "./encrypted-payload.ts";
import { shownInput } from "./shown-input.ts";

/** What is not to be read, and what of it was met. */
export interface Reading {
  readonly redact: readonly string[];
  /** What the redacted fields held: an author's message may have it too. */
  readonly secrets: Set<string>;
}

/**
 * The same JSON with each payload replaced by its value; one that isn't JSON stays, with its encoding in clear.
 *
 * Without `reading`, nothing is redacted.
 */
export function withValues(json: unknown, reading?: Reading): unknown {
  if (Array.isArray(json)) return json.map((item) => withValues(item, reading));
  if (typeof json !== "object" || json === null) return json;
  const encoding = encodingOf(json);
  if (encoding !== undefined) return clear(valueOf(json, encoding), reading);
  return Object.fromEntries(Object.entries(json).map(([name, member]) => [name, withValues(member, reading)]));
}

function clear(recorded: unknown, reading: Reading | undefined): unknown {
  if (!reading || reading.redact.length === 0) return recorded;
  const value = withOpenInputs(recorded, reading.redact);
  for (const secret of secretsIn(value, reading.redact)) reading.secrets.add(secret);
  return redacted(value, reading.redact);
}

/** In what a dead letter knows, the input is JSON in a text, in which no name would be seen. */
function withOpenInputs(value: unknown, redact: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withOpenInputs(item, redact));
  if (typeof value !== "object" || value === null) return value;
  const { input, fingerprint, event } = value as Readonly<Record<string, unknown>>;
  const isOfLetter = typeof input === "string" && typeof fingerprint === "string";
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isOfLetter && name === "input" ? openInput(input, event, redact) : withOpenInputs(member, redact),
    ]),
  );
}

function openInput(text: string, event: unknown, redact: readonly string[]): unknown {
  try {
    return shownInput(JSON.parse(text), event as LetterEvent | undefined, redact);
  } catch {
    return text;
  }
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
  return { encoding, data, ...(encoding === encryptedEncoding && { keyId: keyIdOf(payload) }) };
}

/** Of a payload that nobody here could decrypt. */
function keyIdOf(payload: object): string {
  const metadata = "metadata" in payload ? (payload.metadata as Readonly<Record<string, unknown>>) : {};
  const keyId = metadata[keyIdMetadata];
  return typeof keyId === "string" ? fromBase64(keyId) : "";
}

/** The id of the key of a payload that {@link withValues} could not show. */
export function hiddenUnder(value: unknown): string | undefined {
  const { encoding, keyId } = (value ?? {}) as { readonly encoding?: unknown; readonly keyId?: unknown };
  return encoding === encryptedEncoding && typeof keyId === "string" ? keyId : undefined;
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}
