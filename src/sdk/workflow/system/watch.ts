import { continueAsNew, proxyActivities, sleep } from "@temporalio/workflow";
import {
  afterNews,
  watchActivityTypes as types,
  type WatchNews,
  type WatchPass,
  type WatchState,
} from "../../core/watch.ts";
import { isLong } from "./continued-with.ts";

interface Activities {
  readonly [types.look]: (pass: WatchPass) => Promise<WatchNews>;
  readonly [types.tell]: (news: WatchNews) => Promise<void>;
}

const tenuto = proxyActivities<Activities>({
  startToCloseTimeout: "10m",
  heartbeatTimeout: "20s",
  retry: { initialInterval: "1s", maximumInterval: "15s" },
});

/** A history that is read again at each start of a worker stays short. */
const longestHistory = 1_500;

/** Looks for what alert rules are about, for as long as the namespace is there. */
export async function tenutoWatch({ everyMs, standing: begun = [] }: WatchState): Promise<void> {
  let standing = begun;
  while (!isLong(longestHistory)) {
    const news = await tenuto[types.look]({ at: new Date().toISOString(), standing });
    if (news.raise.length + news.end.length > 0) await tenuto[types.tell](news);
    standing = afterNews(standing, news);
    await sleep(everyMs);
  }
  await continueAsNew<typeof tenutoWatch>({ everyMs, standing });
}
