// One POST, bounded in time and size, that follows no redirect and keeps no connection.
import { request as requestPlain, type IncomingMessage } from "node:http";
import { request as requestEncrypted } from "node:https";
import { withoutSecrets } from "../../core/redacted.ts";
import { AlertTargetRefused } from "./errors/alert-target-refused.ts";
import { ChannelFailed } from "./errors/channel-failed.ts";
import { guardedLookup, type Lookup } from "./guarded-target.ts";

/** What is sent, and where to. */
export interface Post {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
  /** What must be in no error. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
  readonly lookup?: Lookup | undefined;
}

const timeoutMs = 10_000;
const longestAnswer = 64 * 1024;
const shownAnswer = 200;
const longestWaitMs = 15 * 60_000;

/**
 * Posts JSON; returns once it was taken.
 *
 * @throws {@link AlertTargetRefused}, {@link ChannelFailed}
 */
export async function postJson(post: Post): Promise<void> {
  const url = parsedUrl(post.url);
  const { hostname, protocol } = url;
  const { allowPrivate, lookup, headers, body } = post;
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const isEncrypted = protocol === "https:";
  const secrets = [...post.secrets, ...partsOf(url)];
  const timeout = AbortSignal.timeout(timeoutMs);
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json", "User-Agent": "Tenuto", ...headers },
    lookup: guardedLookup({ host, isEncrypted, allowPrivate, lookup }),
    // A connection of its own: a kept one would be to an address of an earlier lookup.
    agent: false,
    signal: AbortSignal.any([post.signal, timeout]),
  } as const;
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (isEncrypted ? requestEncrypted : requestPlain)(url, options, resolve);
      request.once("error", reject);
      request.end(body);
    });
    await assertTaken(answer, secrets);
  } catch (error) {
    if (error instanceof AlertTargetRefused || error instanceof ChannelFailed) throw error;
    const what = timeout.aborted ? `no answer within ${timeoutMs / 1_000} s` : whatOf(error);
    throw new ChannelFailed(withoutSecrets(`${url.host}: ${what}`, secrets), { isLasting: false });
  }
}

function parsedUrl(text: string): URL {
  // What `new URL` throws has the text, which is a secret.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new AlertTargetRefused("", "the channel's URL can't be read");
  if (url.protocol === "https:" || url.protocol === "http:") return url;
  throw new AlertTargetRefused(url.hostname, `${url.protocol} is neither https: nor http:`);
}

/** What of a URL may be secret, in the ways in which an answer may repeat it. */
function partsOf({ href, pathname, search, username, password }: URL): readonly string[] {
  const parts = [href, pathname, search, username, password, ...pathname.split("/"), ...search.split(/[?&=]/)];
  return [...new Set([...parts, ...parts.map(safelyDecoded)])].filter((part) => part.length >= 8);
}

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function whatOf(error: unknown): string {
  // Of several addresses that were tried, Node says so without a message.
  const tried = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return tried.map((each) => (each instanceof Error ? each.message : String(each))).join("; ");
}

async function assertTaken(answer: IncomingMessage, secrets: readonly string[]): Promise<void> {
  const { statusCode: status = 0, headers } = answer;
  if (status >= 200 && status < 300) {
    answer.destroy();
    return;
  }
  const text = await readAtMost(answer, longestAnswer);
  const said = withoutSecrets(text.replace(/\s+/g, " ").trim(), secrets).slice(0, shownAnswer);
  if (status >= 300 && status < 400)
    throw new ChannelFailed(`It answered ${status}, a redirect, and redirects are not followed`, { isLasting: true });
  const isLasting = status >= 400 && status < 500 && status !== 408 && status !== 429;
  const retryAfterMs = isLasting ? undefined : waitOf(headers["retry-after"]);
  throw new ChannelFailed(`It answered ${status}${said === "" ? "" : `: ${said}`}`, { isLasting, retryAfterMs });
}

async function readAtMost(answer: IncomingMessage, bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let read = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    read += chunk.length;
    // Leaving the loop ends the connection.
    if (read >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes).toString();
}

/** In seconds, or as a date. */
function waitOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), longestWaitMs) : undefined;
}
