import type { DeadLetter } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { type LetterFilter, letterFilterOf } from "./letter-filter.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

export interface ListLettersOptions extends LetterFilter {
  readonly status?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists dead letters. */
export async function listLetters({ api, output, isJson }: Cli, options: ListLettersOptions): Promise<undefined> {
  const { status, limit, cursor } = options;
  const filter = letterFilterOf(options);
  const page = await readPages<DeadLetter>(api, "/v1/dead-letters", { ...filter, status, limit, cursor });
  if (isJson) {
    output.json(page);
    return;
  }
  const { items } = page;
  if (items.length > 0) output.table(items, columnsFor(items, Date.now()));
  else {
    const isAny = Object.keys(filter).length === 0 && status === undefined;
    output.notice(isAny ? "There are no dead letters." : "No dead letters fit these conditions.");
  }
  moreThanShown(output, page);
}

/** What is the same of all takes no room. */
function columnsFor(letters: readonly DeadLetter[], nowMs: number): readonly Column<DeadLetter>[] {
  const areAllOpen = letters.every(({ status }) => status === "open");
  const areAllOnce = letters.every(({ count }) => count === 1);
  const hasEvents = letters.some(({ event }) => event);
  return [
    { title: "ID", value: ({ id }) => id },
    { title: "AGE", value: ({ firstSeenAt }) => distance(firstSeenAt, nowMs) },
    { title: "KIND", value: ({ kind }) => kind },
    ...(areAllOpen ? [] : [{ title: "STATUS", value: ({ status }: DeadLetter) => status, leaveOut: 1 }]),
    ...(areAllOnce ? [] : [{ title: "TIMES", value: ({ count }: DeadLetter) => count, leaveOut: 4 }]),
    {
      title: hasEvents ? "WORKFLOW OR EVENT" : "WORKFLOW",
      value: ({ workflowId, event }) => (event ? (event.id ?? "") : workflowId),
      atLeast: 12,
      leaveOut: 3,
    },
    { title: hasEvents ? "TYPE OR SOURCE" : "TYPE", value: ({ type }) => type, atLeast: 12, leaveOut: 2 },
    { title: hasEvents ? "STEP OR EVENT" : "STEP", value: ({ step }) => step, atLeast: 14 },
    { title: "ERROR", value: ({ error }) => `${error.type}: ${error.message}`, atLeast: 14 },
  ];
}
