import { InvalidDefinition } from "../../core/errors/invalid-definition.ts";

/** A secret, or how the worker gets it when it sends; it is in no history, log or error. */
export type AlertSecret = string | (() => string | Promise<string>);

/** What every channel has. */
interface AnyChannel {
  /** By which rules name it: 1 to 64 of letters, digits, `.`, `_` and `-`. */
  readonly name: string;
}

/** What every channel has that sends over the network. */
interface NetworkChannel extends AnyChannel {
  /**
   * Whether it may send to private, loopback and other addresses that are not public, and there without TLS.
   *
   * @default false
   */
  readonly allowPrivate?: boolean;
}

/** Posts to a Slack channel by an incoming webhook. */
export interface SlackChannel extends NetworkChannel {
  readonly kind: "slack";
  /** The webhook's URL, which is a secret. */
  readonly url: AlertSecret;
}

/** Opens, acknowledges and resolves incidents of a PagerDuty service by its Events API v2. */
export interface PagerDutyChannel extends NetworkChannel {
  readonly kind: "pagerduty";
  /** The service's integration key. */
  readonly routingKey: AlertSecret;
  /** @default "https://events.pagerduty.com/v2/enqueue" */
  readonly url?: string;
}

/** Posts JSON that is signed as Standard Webhooks says. */
export interface WebhookChannel extends NetworkChannel {
  readonly kind: "webhook";
  readonly url: AlertSecret;
  /** The signing secret: `whsec_` and 24 to 64 bytes in base64. */
  readonly secret: AlertSecret;
}

/** Sends e-mail over SMTP. */
export interface EmailChannel extends NetworkChannel {
  readonly kind: "email";
  readonly host: string;
  /** @default 465 with TLS from the start, else 587 */
  readonly port?: number;
  /** `none` needs an address that is not public, and {@link NetworkChannel.allowPrivate}. @default "tls" on port 465, else "starttls" */
  readonly security?: "tls" | "starttls" | "none";
  readonly from: string;
  readonly to: readonly string[];
  readonly user?: string;
  readonly password?: AlertSecret;
}

/** Writes to the worker's log. */
export interface LogChannel extends AnyChannel {
  readonly kind: "log";
}

/** Where alerts go. */
export type AlertChannel = SlackChannel | PagerDutyChannel | WebhookChannel | EmailChannel | LogChannel;

/**
 * The channels by their names, with the built-in one.
 *
 * @throws `InvalidDefinition` when a name can't be one, is there twice, or is that of the built-in channel.
 */
export function channelsByName(channels: readonly AlertChannel[] = []): ReadonlyMap<string, AlertChannel> {
  const byName = new Map<string, AlertChannel>([["log", { name: "log", kind: "log" }]]);
  for (const channel of channels) {
    const { name } = channel;
    const refuse = (remedy: string) => new InvalidDefinition({ what: "A channel for alerts", got: { name }, remedy });
    if (!/^[\w.-]{1,64}$/.test(name)) throw refuse("Name it by 1 to 64 letters, digits, `.`, `_` and `-`.");
    if (byName.has(name)) throw refuse("Choose another name: this one is taken.");
    byName.set(name, channel);
  }
  return byName;
}

/** The secret itself. */
export async function reveal(secret: AlertSecret): Promise<string> {
  return typeof secret === "string" ? secret : secret();
}
