import type { AlertChannel } from "tenuto/worker";
import { z } from "zod";
import { InvalidEnvironment } from "./environment.ts";

const name = z.string();
const allowPrivate = z.boolean().exactOptional();
const secret = z.string().min(1);

const Channels = z
  .array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("slack"), name, allowPrivate, url: secret }),
      z.strictObject({
        ...{ kind: z.literal("pagerduty"), name, allowPrivate },
        ...{ routingKey: secret, url: z.url().exactOptional() },
      }),
      z.strictObject({ kind: z.literal("webhook"), name, allowPrivate, url: secret, secret }),
      z.strictObject({
        ...{ kind: z.literal("email"), name, allowPrivate, host: z.string().min(1) },
        port: z.int().min(1).max(65_535).exactOptional(),
        security: z.enum(["tls", "starttls", "none"]).exactOptional(),
        ...{ from: z.string().min(1), to: z.array(z.string().min(1)).min(1) },
        ...{ user: z.string().exactOptional(), password: secret.exactOptional() },
      }),
      z.strictObject({ kind: z.literal("log"), name }),
    ]),
  )
  .refine((all) => new Set(["log", ...all.map((each) => each.name)]).size === all.length + 1, {
    error: 'Each needs a name of its own, and not "log"',
  });

/**
 * The channels of `TENUTO_ALERT_CHANNELS`, a JSON array.
 *
 * @throws {@link InvalidEnvironment} saying what is wrong where, without what is there: it has secrets.
 */
export function parseAlertChannels(text: string | undefined): readonly AlertChannel[] {
  if (text === undefined) return [];
  const parsed = Channels.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `  /${path.map(String).join("/")}: ${message}`);
  throw new InvalidEnvironment(`TENUTO_ALERT_CHANNELS can't be used. Correct or unset it:\n${wrong.join("\n")}`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error quotes what it could not read.
    throw new InvalidEnvironment(
      "TENUTO_ALERT_CHANNELS is no JSON. Give an array of channels, as docs/alerts.md shows.",
    );
  }
}
