/**
 * The server as one sees it who has the keys. Every payload that is sent is encrypted and every one that comes back is
 * decrypted, in this one place, with the messages of failures put back where they were; nothing above knows of it. What no
 * key opens is left as it is: a list shows the rest, and `decode` refuses the one that is needed. Headers and search
 * attributes are in clear, as in all SDKs of Temporal.
 */
import type { Connection } from "@temporalio/client";
import { defaultPayloadConverter, type Payload, type PayloadCodec } from "@temporalio/common";
import type { temporal } from "@temporalio/proto";
import { DecryptionFailed } from "../core/errors/decryption-failed.ts";
import { leaveClosed } from "./encrypted-payload.ts";

type Service = Connection["workflowService"];
type Failure = temporal.api.failure.v1.IFailure;

export function encryptedService(service: Service, codec: PayloadCodec): Service {
  return new Proxy(service, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== "function" || typeof name !== "string") return method;
      return async (request: unknown) => {
        const encrypted = await sent(request, codec);
        return received(await (method.call(target, encrypted) as Promise<unknown>), codec);
      };
    },
  });
}

/** What stays in clear, by the names of its fields in Temporal's messages. */
const inClear: ReadonlySet<string> = new Set(["header", "searchAttributes"]);

/** A copy of a request: it may be sent again. */
async function sent(value: unknown, codec: PayloadCodec): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => sent(item, codec)));
  if (!isMessage(value)) return value;
  if (isPayload(value)) return (await codec.encode([value]))[0];
  const members = Object.entries(value).map(async ([name, member]) => [
    name,
    inClear.has(name) ? member : await sent(member, codec),
  ]);
  return Object.fromEntries((await Promise.all(members)) as [string, unknown][]);
}

/** An answer is nobody else's, so it is changed as it is: a history may be large. */
async function received(value: unknown, codec: PayloadCodec): Promise<unknown> {
  if (isPayload(value)) return opened(value, codec);
  if (!isMessage(value) && !Array.isArray(value)) return value;
  const message = value as Record<string, unknown>;
  await Promise.all(
    Object.entries(message).map(async ([name, member]) => {
      const decrypted = inClear.has(name) ? member : await received(member, codec);
      if (decrypted !== member) message[name] = decrypted;
    }),
  );
  if (isPayload(message["encodedAttributes"])) tellMessage(message, message["encodedAttributes"]);
  return value;
}

async function opened(payload: Payload, codec: PayloadCodec): Promise<Payload> {
  try {
    const [decrypted = payload] = await codec.decode([payload]);
    return decrypted;
  } catch (error) {
    if (!(error instanceof DecryptionFailed)) throw error;
    leaveClosed(payload, error);
    return payload;
  }
}

/** Puts what a failure says back to where it is without encryption. */
function tellMessage(failure: Failure, payload: Payload): void {
  try {
    const { message, stack_trace: stackTrace } = defaultPayloadConverter.fromPayload<Record<string, unknown>>(payload);
    if (typeof message === "string") failure.message = message;
    if (typeof stackTrace === "string") failure.stackTrace = stackTrace;
    failure.encodedAttributes = null;
  } catch {
    // Nobody here can read it, or another SDK wrote something else.
  }
}

/** Bytes and 64-bit numbers are objects too, and have nothing in them. */
function isMessage(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array) && !("unsigned" in value);
}

/** Only a payload has `metadata` with bytes as its `encoding`. */
function isPayload(value: unknown): value is Payload {
  if (!isMessage(value) || !isMessage(value["metadata"])) return false;
  return value["metadata"]["encoding"] instanceof Uint8Array;
}
