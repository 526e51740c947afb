// Webhooks that people can see and pause. While a source is paused, its sender is told to post again later; nothing is read.
import type { App, PostedOutcomes, SourceReport } from "tenuto";
import { errorText } from "./error-text.ts";
import { EventCounter } from "./event-counter.ts";
import { SourceWatch, type SourceWatchOptions } from "./source-watch.ts";
import { isWebhook } from "./webhook.ts";
import type { WebhookAnswer, WebhookRequest, Webhooks } from "./webhooks.ts";

/** What webhooks need to be seen and paused. */
export interface SuperviseWebhooksOptions extends SourceWatchOptions {
  readonly app: App;
  /** Takes what is posted: `createWebhooks`. */
  readonly webhooks: Webhooks;
}

/** What became of a webhook, or that its source is paused. */
export type SupervisedAnswer =
  | WebhookAnswer
  /** Nothing was done with it. */
  | { readonly outcome: "paused"; readonly retryAfterSeconds: number };

/** Webhooks that can be paused, made by {@link superviseWebhooks}. */
export interface SupervisedWebhooks extends Pick<Webhooks, "has"> {
  /** Takes a request, as that of `Webhooks` does. @throws also what `eventSources` of a client throws, before it is known what is paused */
  receive(source: string, request: WebhookRequest): Promise<SupervisedAnswer>;
  /** Says that this process takes no more. */
  stop(): Promise<void>;
}

/** So long after that a sender is to post again. */
const retryAfterSeconds = 30;

/**
 * Has people see and pause the webhooks of an app: give it to `createApi`. A pause holds in every process, also over restarts.
 *
 * @example
 * ```ts
 * const webhooks = superviseWebhooks({ app, client, webhooks: createWebhooks({ app, client, variables: process.env }) });
 * const api = createApi({ client, app, webhooks });
 * ```
 */
export function superviseWebhooks({ app, webhooks, ...options }: SuperviseWebhooksOptions): SupervisedWebhooks {
  const posted = (app.sources ?? []).filter(({ from }) => isWebhook(from));
  const desks = new Map(posted.map(({ name }) => [name, new WebhookDesk(name, webhooks.has(name))]));
  let paused: ReadonlySet<string> = new Set();
  const watch = new SourceWatch(options, {
    onLook: (names) => (paused = names),
    statuses: async () => [...desks].map(([name, desk]) => desk.report(paused.has(name))),
  });
  if (desks.size > 0) watch.begin();
  return {
    has: (name) => webhooks.has(name),
    async receive(name, request) {
      if (!watch.isKnown) await watch.look();
      if (paused.has(name)) return { outcome: "paused", retryAfterSeconds };
      const take = () => webhooks.receive(name, request);
      return desks.get(name)?.take(take) ?? take();
    },
    stop: () => watch.stop(),
  };
}

type Outcome = keyof PostedOutcomes | "nothing";

const outcomeOf: Readonly<Record<WebhookAnswer["outcome"], Outcome>> = {
  accepted: "accepted",
  duplicate: "duplicate",
  filtered: "nothing",
  unmatched: "nothing",
  challenged: "nothing",
  invalid: "refused",
  refused: "refused",
  unsigned: "refused",
};

/** Counts what becomes of the events of one source. */
class WebhookDesk {
  readonly #source: string;
  readonly #isOn: boolean;
  readonly #settled = new EventCounter();
  readonly #counted: Readonly<Record<Outcome, EventCounter>> = {
    accepted: new EventCounter(),
    duplicate: new EventCounter(),
    refused: new EventCounter(),
    failed: new EventCounter(),
    nothing: new EventCounter(),
  };
  #inFlight = 0;
  #lastError: Pick<SourceReport, "lastError" | "lastErrorAt">;

  constructor(source: string, isOn: boolean) {
    this.#source = source;
    this.#isOn = isOn;
    this.#lastError = isOn ? {} : { lastError: "A secret that its signature names is not set, or can't be one" };
  }

  async take(receive: () => Promise<WebhookAnswer>): Promise<WebhookAnswer> {
    this.#inFlight += 1;
    try {
      const answer = await receive();
      const outcome = outcomeOf[answer.outcome];
      this.#counted[outcome].count(Date.now());
      if (outcome === "refused") this.#failed(refusalText(answer));
      else this.#settled.count(Date.now());
      return answer;
    } catch (error) {
      this.#counted.failed.count(Date.now());
      this.#failed(ownText(error));
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }

  report(isPaused: boolean): SourceReport {
    const now = Date.now();
    const { total, lastAt } = this.#settled;
    const of = (outcome: Outcome) => this.#counted[outcome].ofLastMinute(now);
    return {
      source: this.#source,
      state: this.#isOn ? (isPaused ? "paused" : "consuming") : "off",
      inFlight: this.#inFlight,
      settled: total,
      settledLastMinute: this.#settled.ofLastMinute(now),
      outcomes: { accepted: of("accepted"), duplicate: of("duplicate"), refused: of("refused"), failed: of("failed") },
      ...(lastAt !== undefined && { lastEventAt: new Date(lastAt).toISOString() }),
      ...this.#lastError,
    };
  }

  #failed(text: string): void {
    this.#lastError = { lastError: text, lastErrorAt: new Date().toISOString() };
  }
}

/** Of our own errors; another one may quote the event. */
function ownText(error: unknown): string {
  return error instanceof Error && !("code" in error) ? error.name : errorText(error);
}

/** Nothing of the event's data is in it. */
function refusalText(answer: WebhookAnswer): string {
  switch (answer.outcome) {
    case "unsigned":
      return `An event was not signed as it must be: ${answer.reason} (header ${answer.header})`;
    case "invalid":
      return `An event can't be used: ${answer.issues.map(({ pointer, message }) => `${pointer}: ${message}`).join("; ")}`;
    case "refused":
      return ownText(answer.error);
    default:
      return answer.outcome;
  }
}
