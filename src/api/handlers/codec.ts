// The codec server of Temporal's Web UI and CLI: what they show or send goes through here, in Temporal's JSON of payloads.
import { DecryptionFailed, InvalidInput, type ValidationIssue } from "tenuto";
import type { Encryption } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { RequestRefused } from "../request-refused.ts";
import type { CodecBody } from "../schemas.ts";

interface CodecRequest {
  readonly body: z.output<typeof CodecBody>;
}

type JsonPayload = CodecRequest["body"]["payloads"][number];
type Payload = Parameters<Encryption["codec"]["encode"]>[0][number];

export async function encodePayloads({ body }: CodecRequest, context: Context): Promise<Reply> {
  const { codec } = encryptionFor(context);
  const encrypted = await codec.encode(body.payloads.map(fromJson));
  return { status: 200, body: { payloads: encrypted.map(toJson) } };
}

export async function decodePayloads({ body }: CodecRequest, context: Context): Promise<Reply> {
  const { codec } = encryptionFor(context);
  const issues: ValidationIssue[] = [];
  const decrypted = await Promise.all(
    body.payloads.map(async (payload, index) => {
      try {
        return (await codec.decode([fromJson(payload)]))[0] ?? {};
      } catch (error) {
        if (!(error instanceof DecryptionFailed)) throw error;
        issues.push({ pointer: `/payloads/${index}`, message: error.message });
        return {};
      }
    }),
  );
  if (issues.length > 0) throw new InvalidInput("The payloads", issues);
  return { status: 200, body: { payloads: decrypted.map(toJson) } };
}

/** A payload does not say whose it is, so that a tenant's principal could read those of others. */
function encryptionFor({ client, principal }: Context): Encryption {
  if (principal.tenant !== undefined) {
    const detail =
      "A key of a tenant can't use the codec: payloads don't say whose they are. Use one without a tenant.";
    throw new RequestRefused("FORBIDDEN", { detail });
  }
  if (client.encryption) return client.encryption;
  const detail =
    "Payloads are not encrypted here: the API has no keys. Set TENUTO_ENCRYPTION_KEYS, as for the workers.";
  throw new RequestRefused("ENCRYPTION_OFF", { detail });
}

function fromJson({ metadata = {}, data = "" }: JsonPayload): Payload {
  const decoded = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, "base64")] as const);
  return { metadata: Object.fromEntries(decoded), data: Buffer.from(data, "base64") };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const encoded = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(encoded), data: base64(data ?? new Uint8Array()) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
