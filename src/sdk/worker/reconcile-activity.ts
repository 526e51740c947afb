// One pass of the reconciler. It may be cut anywhere and made again: what was reported already is known by its id.
import { CancelledFailure, Context } from "@temporalio/activity";
import type { temporal as api } from "@temporalio/proto";
import type { NativeConnection } from "@temporalio/worker";
import { ifReadable } from "../client/if-readable.ts";
import { inParallel } from "../client/in-parallel.ts";
import { listPage } from "../client/list-runs.ts";
import type { Encryption } from "../client/encryption.ts";
import { Temporal } from "../client/temporal.ts";
import { type SeenFailure, seenInParkedRun, seenInReport, tellErrorGroups } from "../client/tell-error-groups.ts";
import { quote } from "../client/visibility-query.ts";
import { alertDeliveryWorkflow } from "../core/alert.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { InvalidCursor } from "../core/errors/invalid-cursor.ts";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { reconcileActivityType, type ReconcilerOutcome, type ReconcilerPass } from "../core/reconciler.ts";
import { marksAttribute, poisonMark } from "../core/run-mark.ts";
import { healLetters } from "./heal-letters.ts";
import { JudgedRuns } from "./judged-runs.ts";
import { beat } from "./while-beating.ts";
import { openDeadLetter } from "../client/open-dead-letter.ts";
import { type FailureSource, readFailure, retentionOf, type SuspectRun } from "../client/read-failure.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;
type Suspicion = SuspectRun["suspicion"];

interface Place {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly encryption: Encryption | undefined;
}

/** The activity that finds the failures of a namespace, and the letters that are dealt with. */
export function reconcileActivity({
  connection,
  namespace,
  encryption,
}: Place): Readonly<Record<string, (pass: ReconcilerPass) => Promise<ReconcilerOutcome>>> {
  const judged = new JudgedRuns();
  return {
    [reconcileActivityType]: async ({ since, letters, parked }) => {
      const begunAt = new Date().toISOString();
      const { client } = Context.current();
      const temporal = new Temporal({ connection, namespace, identity: reconcilerIdentity, encryption });
      const source = { temporal, retentionMs: await retentionOf(temporal) };
      for (const [suspicion, query] of Object.entries(suspects(since)) as [Suspicion, string][]) {
        await reportAll({ source, judged }, { suspicion, query });
      }
      const nextParked = await tellOfParkedRuns({ source, judged }, parked);
      const nextLetters = await healLetters({ temporal, client, cursor: letters, beat });
      return {
        begunAt,
        ...(nextLetters !== undefined && { letters: nextLetters }),
        ...(nextParked !== undefined && { parked: nextParked }),
      };
    },
  };
}

const reconcilerIdentity = "tenuto-reconciler";

/** By which queries failures are found. */
function suspects(since: string | undefined): Readonly<Record<Suspicion, string>> {
  const ended = `ExecutionStatus IN ('Failed', 'TimedOut', 'Terminated')`;
  const ours = `TaskQueue != ${quote(systemTaskQueue)}`;
  const closed = since === undefined ? "" : ` AND CloseTime >= ${quote(since)}`;
  const running = `ExecutionStatus = 'Running'`;
  return {
    // Of Tenuto's own workflows, a delivery that could not be made waits for somebody, too.
    ended: `${ended} AND (${ours} OR WorkflowType = ${quote(alertDeliveryWorkflow)})${closed}`,
    stuck: `${running} AND ${ours} AND TemporalReportedProblems IS NOT NULL`,
    poison: `${marksAttribute} = ${quote(poisonMark)} AND (${running}${closed === "" ? "" : ` OR CloseTime >= ${quote(since ?? "")}`})`,
  };
}

interface Reporting {
  readonly judged: JudgedRuns;
  readonly source: FailureSource;
}

/** How many failures are read at once. */
const atOnce = 8;
const pageSize = 200;

async function reportAll(
  reporting: Reporting,
  { suspicion, query }: { readonly suspicion: Suspicion; readonly query: string },
): Promise<void> {
  let cursor: string | undefined;
  do {
    beat();
    const page = await listPage(reporting.source.temporal, { query, limit: pageSize, cursor });
    const seen = await inParallel(page.infos, atOnce, (info) => report(reporting, suspicion, info));
    // Before they count as judged: a process that ends in between tells the groups again, and they count it once.
    await tellErrorGroups(
      reporting.source.temporal,
      seen.flatMap((each) => each?.failure ?? []),
    );
    for (const each of seen) if (each) reporting.judged.add(each.suspect, each.info);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** A run that was judged, and what groups are to be told of it. */
interface Judged {
  readonly suspect: SuspectRun;
  readonly info: Info;
  readonly failure?: SeenFailure;
}

async function report({ source, judged }: Reporting, suspicion: Suspicion, info: Info): Promise<Judged | undefined> {
  beat();
  const { workflowId, runId } = info.execution ?? {};
  const suspect = { workflowId: workflowId ?? "", runId: runId ?? "", suspicion };
  if (!judged.isNew(suspect, info)) return undefined;
  try {
    const failure = await readFailure(source, suspect);
    if (!failure) return { suspect, info };
    const letterId = await openDeadLetter(source.temporal, failure);
    return { suspect, info, failure: seenInReport(failure, letterId) };
  } catch (error) {
    if (concernsAll(error)) throw error;
    // One that can't be read must not keep all others from being found; it is tried again with each look at the last day.
    Context.current().log.error("A failure could not be made a dead letter", { ...suspect, error });
    return undefined;
  }
}

const parkedPagesAPass = 5;

/** Parked runs are dead letters themselves, and failures that groups count. Answers where the next pass goes on. */
async function tellOfParkedRuns({ source, judged }: Reporting, from: string | undefined): Promise<string | undefined> {
  const { temporal } = source;
  const query = `${marksAttribute} = 'parked' AND ExecutionStatus = 'Running'`;
  let cursor = from;
  for (let pages = 0; pages < parkedPagesAPass; pages++) {
    beat();
    const page = await listPage(temporal, { query, limit: pageSize, cursor }).catch((error: unknown) => {
      if (error instanceof InvalidCursor) return { infos: [] };
      throw error;
    });
    const seen = page.infos.flatMap((info) => ifReadable(() => seenInParkedRun(temporal, info)) ?? []);
    const fresh = seen.filter(({ sighting }) => judged.isNewKey(sighting.key));
    await tellErrorGroups(temporal, fresh);
    for (const { sighting } of fresh) judged.addKey(sighting.key);
    cursor = "nextCursor" in page ? page.nextCursor : undefined;
    if (cursor === undefined) break;
  }
  return cursor;
}

/** The pass is made again later, from where it was. */
function concernsAll(error: unknown): boolean {
  return error instanceof TemporalUnavailable || error instanceof RateLimited || error instanceof CancelledFailure;
}
