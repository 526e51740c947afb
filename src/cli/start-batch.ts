import type { RedriveMode } from "tenuto";
import type { RunSummary } from "tenuto/client";
import type { BatchAction, BatchFilter } from "./batch.ts";
import { countLetters } from "./bulk-letters.ts";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";
import type { ExitCode } from "./exit-codes.ts";
import { jsonOption } from "./json-option.ts";
import { type BatchStart, type Matches, startConfirmed } from "./start-confirmed.ts";

/** The conditions that each action knows. */
const letterConditions = ["type", "step", "kind", "fingerprint", "error", "since", "until"] as const;
const runConditions = ["type", "mark", "since", "until"] as const;

type Condition = (typeof letterConditions)[number] | (typeof runConditions)[number];

export interface StartBatchOptions extends BatchStart, Readonly<Partial<Record<Condition, string>>> {
  readonly all?: boolean;
  readonly mode?: RedriveMode;
  readonly signal?: string;
  readonly input?: string;
}

/** Starts a batch. */
export async function startBatch(
  cli: Cli,
  action: BatchAction,
  ids: readonly string[],
  options: StartBatchOptions,
): Promise<ExitCode | undefined> {
  const isOfLetters = action === "redrive" || action === "discard";
  const { mode, type, signal: name } = options;
  if (mode !== undefined && action !== "redrive") throw new UsageError("--mode is for redrive only.");
  if ((name !== undefined) !== (action === "signal")) throw new UsageError("--signal goes with the action signal.");
  if (options.input !== undefined && name === undefined) throw new UsageError("--input goes with --signal.");
  if (name !== undefined && type === undefined) {
    throw new UsageError("Give the --type of the runs: its contract says what the signal carries.");
  }
  const filter = filterOf(action, ids, options);
  const input = await jsonOption(cli, { option: "--input", text: options.input });
  const signal = name === undefined ? undefined : { name, input };
  const count = () => (isOfLetters ? countLetters(cli, filter) : countRuns(cli, filter));
  return startConfirmed(cli, { action, filter, mode, signal }, { ...options, count });
}

function filterOf(action: BatchAction, ids: readonly string[], options: StartBatchOptions): BatchFilter {
  const known: readonly Condition[] = action === "redrive" || action === "discard" ? letterConditions : runConditions;
  const all: readonly Condition[] = [...letterConditions, ...runConditions];
  const given = [...new Set(all)].filter((name) => options[name] !== undefined);
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`The action ${action} takes no --${unknown.join(", --")}; it takes --${known.join(", --")}.`);
  }
  const besides = given.filter((name) => !(action === "signal" && name === "type"));
  if (ids.length > 0 && (besides.length > 0 || options.all)) {
    throw new UsageError("Give ids, or conditions such as --type, not both.");
  }
  const { type } = options;
  if (ids.length > 0) return { ids, ...(action === "signal" && { type }) };
  if (given.length > 0) return Object.fromEntries(given.map((name) => [name, options[name]]));
  if (options.all) return { all: true };
  throw new UsageError("Say what it is about: ids, conditions such as --type, or --all.");
}

/** More are not counted. */
const countedAtMost = 2_000;

async function countRuns({ api }: Cli, filter: BatchFilter): Promise<Matches> {
  const noun = "run";
  const { ids, mark, type, since, until } = filter as BatchFilter & Readonly<Partial<Record<Condition, string>>>;
  if (ids) return { count: ids.length, isAtLeast: false, noun };
  let count = 0;
  let seen = 0;
  let cursor: string | null = null;
  do {
    const page: { readonly items: readonly RunSummary[]; readonly nextCursor: string | null } = await api.get(
      "/v1/runs",
      { type, status: "running", startedAfter: since, startedBefore: until, limit: 200, cursor: cursor ?? undefined },
    );
    count += page.items.filter(({ marks }) => mark === undefined || (marks as readonly string[]).includes(mark)).length;
    seen += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && seen < countedAtMost);
  return { count, isAtLeast: cursor !== null, noun };
}
