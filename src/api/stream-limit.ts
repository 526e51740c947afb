import { type Principal, principalKey } from "./guard/principal.ts";
import { RequestRefused } from "./request-refused.ts";

/** How event streams are sent, and how many at once. */
export interface StreamSettings {
  /** In this process. @default 500 */
  readonly total?: number | undefined;
  /** Of one principal. @default 100 */
  readonly each?: number | undefined;
  /** How often a silent stream says that it is there, in milliseconds. @default 15000 */
  readonly heartbeatMs?: number | undefined;
}

/** Counts the streams that are open. */
export interface StreamLimit {
  /**
   * Takes a place for one stream of a principal; what is answered gives it back.
   *
   * @throws {@link RequestRefused} with 429 when there is none.
   */
  take(principal: Principal): () => void;
}

export function createStreamLimit({ total = 500, each = 100 }: StreamSettings = {}): StreamLimit {
  const open = new Map<string, number>();
  let all = 0;
  return {
    take(principal) {
      const key = principalKey(principal);
      const own = open.get(key) ?? 0;
      if (own >= each || all >= total) {
        const most = own >= each ? `${each} of one caller` : `${total} of all callers`;
        throw new RequestRefused("TOO_MANY_STREAMS", {
          detail: `The event stream can't be opened: the most is ${most} at once. Close one, or try again later.`,
          headers: { "Retry-After": "5" },
        });
      }
      open.set(key, own + 1);
      all++;
      return () => {
        all--;
        const left = (open.get(key) ?? 1) - 1;
        if (left > 0) open.set(key, left);
        else open.delete(key);
      };
    },
  };
}
