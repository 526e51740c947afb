import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiProblem, type Problem } from "./errors/api-problem.ts";
import { ApiUnreachable } from "./errors/api-unreachable.ts";
import { UnexpectedAnswer } from "./errors/unexpected-answer.ts";

/** What stands in a query; what is not given is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

interface ApiClientOptions {
  /** Without a slash at its end; it may have a path. */
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly version: string;
}

interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** Named with a key, a call is done once however often it is sent. */
  readonly idempotencyKey?: string;
  /** How long the API is to wait for the outcome. */
  readonly waitSeconds?: number | undefined;
}

interface OnceOptions extends Pick<Call, "waitSeconds"> {
  /** @default a new one */
  readonly idempotencyKey?: string | undefined;
}

/** How a try went that gave no result. */
interface Failure {
  readonly error: Error;
  /** Nothing of it arrived, or it was turned away unread. */
  readonly wasTurnedAway: boolean;
  readonly isPassing: boolean;
  readonly retryAfterMs?: number | undefined;
}

const attempts = 4;
const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** A redrive looks for half a minute whether a lost one was done. */
const answerWithinMs = 120_000;

/** Asks the API, and asks again where that can do nothing twice. */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /**
   * @throws {@link ApiProblem} when the API refuses or fails.
   * @throws {@link ApiUnreachable} when it does not answer.
   * @throws {@link UnexpectedAnswer} when it is not Tenuto's.
   */
  get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
    return this.#ask({ method: "GET", path: search.size === 0 ? path : `${path}?${search.toString()}` });
  }

  /** Sends something that may have been done when its answer is lost, so only what did not arrive is sent again. */
  post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#ask({ method: "POST", path, body });
  }

  /** Puts something in place of what is there; a repeat changes nothing more, but is in the audit twice. */
  put<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#ask({ method: "PUT", path, body });
  }

  /** Deletes something, and says why. */
  remove<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#ask({ method: "DELETE", path, body });
  }

  /** Sends something under a key, by which it is done once. */
  postOnce<Answer>(
    path: string,
    body: unknown,
    { idempotencyKey = randomUUID(), waitSeconds }: OnceOptions = {},
  ): Promise<Answer> {
    return this.#ask({ method: "POST", path, body, idempotencyKey, waitSeconds });
  }

  async #ask<Answer>(call: Call): Promise<Answer> {
    const isRepeatable = call.method === "GET" || call.idempotencyKey !== undefined;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#try(call, attempt);
      if ("answer" in outcome) return outcome.answer as Answer;
      const { error, isPassing, wasTurnedAway, retryAfterMs } = outcome;
      if (attempt === attempts || !isPassing || !(isRepeatable || wasTurnedAway)) throw error;
      await sleep(Math.min(retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1), longestWaitMs));
    }
  }

  async #try(call: Call, attempt: number): Promise<Failure | { readonly answer: unknown }> {
    const { url } = this.#options;
    const isChange = call.method !== "GET";
    let response: Response;
    let text: string;
    try {
      response = await this.#send(call);
      text = await response.text();
    } catch (error) {
      const { why, wasSent, isPassing } = reasonOf(error);
      const unreachable = new ApiUnreachable(
        { url, why, attempts: attempt, mayBeDone: isChange && wasSent },
        { cause: error },
      );
      return { error: unreachable, wasTurnedAway: !wasSent, isPassing };
    }
    const { status, headers } = response;
    const body = bodyOf(response, text);
    if (response.ok && body !== undefined) return { answer: body };
    const wasTurnedAway = status === 429;
    const isPassing = wasTurnedAway || [502, 503, 504].includes(status);
    const retryAfterMs = Number(headers.get("retry-after") ?? Number.NaN) * 1_000;
    const mayBeDone = isChange && status >= 500;
    const error = isProblem(body)
      ? new ApiProblem(body, { mayBeDone })
      : new UnexpectedAnswer({ url, status, got: gotInstead(response) });
    return { error, wasTurnedAway, isPassing, retryAfterMs: retryAfterMs >= 0 ? retryAfterMs : undefined };
  }

  #send({ method, path, body, idempotencyKey, waitSeconds = 0 }: Call): Promise<Response> {
    const { url, apiKey, version } = this.#options;
    return fetch(url + path, {
      method,
      headers: {
        accept: "application/json",
        "user-agent": `tenuto-cli/${version}`,
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
        ...(waitSeconds > 0 && { prefer: `wait=${waitSeconds}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A redirect would turn a POST into a GET.
      redirect: "manual",
      signal: AbortSignal.timeout(answerWithinMs),
    });
  }
}

function bodyOf({ headers }: Response, text: string): unknown {
  if (!/[/+]json\b/.test(headers.get("content-type") ?? "")) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  const { status, code, detail } = (body ?? {}) as Partial<Problem>;
  return typeof status === "number" && typeof code === "string" && typeof detail === "string";
}

function gotInstead({ headers }: Response): string {
  const location = headers.get("location");
  if (location !== null) return `a redirect to ${JSON.stringify(location)}`;
  return headers.get("content-type") ?? "without a body";
}

/** By the codes of Node's sockets: `wasSent` says whether something may have arrived. */
function reasonOf(error: unknown): { readonly why: string; readonly wasSent: boolean; readonly isPassing: boolean } {
  const { name, cause } = error as Error;
  const { code = "", message = "" } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  if (name === "TimeoutError")
    return { why: `no answer within ${answerWithinMs / 1_000} s`, wasSent: true, isPassing: false };
  if (code === "ECONNREFUSED") return { why: "nothing listens there", wasSent: false, isPassing: true };
  if (code === "ENOTFOUND") return { why: "there is no such host", wasSent: false, isPassing: false };
  if (code === "" && message === "bad port")
    return { why: "fetch allows no such port", wasSent: false, isPassing: false };
  const unsent = ["EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"];
  const why = message || code || (error as Error).message;
  return { why, wasSent: !unsent.includes(code), isPassing: true };
}
