import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineSignal,
  defineUpdate,
  patched,
  setHandler,
  upsertMemo,
} from "@temporalio/workflow";
import {
  type AddressedReport,
  deadLetterMemo,
  type DeadLetterRecord,
  type DiscardRequest,
  discardUpdate,
  type NoteRequest,
  noteUpdate,
  reportSignal,
  type Resolution,
  resolveSignal,
} from "../../core/dead-letter.ts";
import { marksOfLetter } from "../../core/dead-letter-marks.ts";
import { isOpen, withDiscard, withNote, asMemo, withReport, withResolution } from "../../core/dead-letter-record.ts";
import { type ClosedRunMode, type RedriveRequest, redriveUpdate } from "../../core/redrive.ts";
import {
  standingOf,
  withEnd,
  withRedelivery,
  withRedrive,
  withRedriveRun,
  withRefusal,
} from "../../core/redrive-record.ts";
import { replaceMarks } from "../marks.ts";
import { continuedWith, isLong } from "./continued-with.ts";
import { deliverAgain, followed, goAgain } from "./redriving.ts";

/**
 * One dead letter: open from the first report until an operator discards it, or what failed is dealt with. Its memo has the
 * record, so that nothing needs a worker to read it; its history is who did what, and why.
 */
export async function tenutoDeadLetter(carried?: DeadLetterRecord): Promise<DeadLetterRecord> {
  let record = carried;
  // One that was closed goes on with what is known of it when its run fails again: the report comes with the start.
  let isReported = carried === undefined || isOpen(carried);
  const change = (next: DeadLetterRecord) => {
    if (next === record) return next;
    record = next;
    upsertMemo({ [deadLetterMemo]: asMemo(next) });
    // Not in letters from before there were such marks.
    if (patched("letter-marks")) replaceMarks(marksOfLetter(next));
    return next;
  };
  const known = (): DeadLetterRecord => {
    if (record) return record;
    throw ApplicationFailure.nonRetryable("Nothing was reported yet", "DeadLetterEmpty");
  };
  setHandler(defineSignal<[AddressedReport]>(reportSignal), (report) => {
    isReported = true;
    change(withReport(record, report));
  });
  setHandler(defineSignal<[Resolution]>(resolveSignal), (resolution) => {
    if (record) change(withResolution(record, resolution));
  });
  /** While a worker is to deliver its event. */
  let delivering: CancellationScope | undefined;
  const withdraw = async () => {
    delivering?.cancel();
    await condition(() => delivering === undefined);
    assertOpen(known());
  };
  setHandler(
    defineUpdate<DeadLetterRecord, [DiscardRequest]>(discardUpdate),
    (note) => {
      const discard = () => asMemo(change(withDiscard(known(), note, now())));
      return delivering ? withdraw().then(discard) : discard();
    },
    {
      validator: (note: DiscardRequest) => {
        assertNote(note);
        if (!delivering) assertOpen(known());
      },
    },
  );
  setHandler(
    defineUpdate<DeadLetterRecord, [NoteRequest]>(noteUpdate),
    (note) => asMemo(change(withNote(known(), note, now()))),
    {
      validator: ({ by, note }: NoteRequest) => {
        assertSaid({ by, note }, "Say who adds a note (`by`), and the note (`note`)");
      },
    },
  );
  let asked: RedriveRequest | undefined;
  setHandler(
    defineUpdate<DeadLetterRecord, [RedriveRequest]>(redriveUpdate),
    (request) => {
      asked = request;
      return asMemo(change(withRedrive(known(), request, now())));
    },
    {
      validator: (request: RedriveRequest) => {
        assertRedrive(request);
        assertOpen(known());
      },
    },
  );
  // A report that it failed again may be faster than its own look, and the next redrive faster than that.
  const current = () => record?.redrives?.at(-1)?.at;
  const isRedriving = (at: string | undefined) => record?.status === "redriving" && current() === at;
  const redrive = async (request: RedriveRequest) => {
    const at = current();
    const before = known();
    const requestId = `tenuto-${before.id}-${at ?? ""}`;
    const task = { record: asMemo(before), request, requestId };
    // A worker of before events may have begun to plan.
    if (before.event && patched("deliver-event")) {
      const scope = new CancellationScope();
      delivering = scope;
      const end = await deliverAgain(task, { app: before.event.app, scope });
      delivering = undefined;
      if (!isRedriving(at)) return;
      if (end.outcome === "undelivered") change(withRefusal(known(), end.why));
      else change(withRedelivery(known(), end, now()));
      return;
    }
    const start = await goAgain(task);
    if (!isRedriving(at)) return;
    if ("refused" in start) change(withRefusal(known(), start.refused));
    else change(withRedriveRun(known(), start.runId));
  };
  const follow = async () => {
    const at = current();
    const { workflowId, redrives } = known();
    const runId = redrives.at(-1)?.newRunId ?? "";
    const onRun = (id: string) => void change(withRedriveRun(known(), id));
    const end = await followed(
      { workflowId, runId },
      { isOver: () => !isRedriving(at) || isLong(longestHistory), onRun },
    );
    if (end && isRedriving(at)) change(withEnd(known(), end, now()));
  };
  const isOver = () => isReported && record !== undefined && !isOpen(record);
  for (;;) {
    await condition(() => isOver() || isLong(longestHistory) || record?.status === "redriving");
    const request = asked;
    asked = undefined;
    if (request) await redrive(request);
    else if (record?.status === "redriving" && !isLong(longestHistory)) await follow();
    else break;
  }
  if (record && isOver()) return record;
  return continuedWith<typeof tenutoDeadLetter>(record ? { [deadLetterMemo]: asMemo(record) } : {}, record);
}

/** A history that is read again at each start of a worker stays short. */
const longestHistory = 1_500;

function assertOpen(record: DeadLetterRecord): void {
  const { status } = record;
  if (status === "open") return;
  const message = `The dead letter is not open: ${standingOf(record)}`;
  const details = [{ status, standing: standingOf(record) }];
  throw ApplicationFailure.create({ type: "DeadLetterNotOpen", message, nonRetryable: true, details });
}

function assertRedrive({ by, reason, mode }: RedriveRequest): void {
  assertSaid({ by, reason }, "Say who redrives the dead letter (`by`), and why (`reason`)");
  if (modes.includes(mode)) return;
  throw ApplicationFailure.nonRetryable(`A mode is one of ${modes.join(", ")}`, "InvalidInput");
}

const modes: readonly ClosedRunMode[] = ["continue", "restart", "compensate"];

function assertNote({ by, reason }: DiscardRequest): void {
  assertSaid({ by, reason }, "Say who discards the dead letter (`by`), and why (`reason`)");
}

function assertSaid(texts: Readonly<Record<string, string>>, message: string): void {
  if (Object.values(texts).every((text) => typeof text === "string" && text.trim() !== "")) return;
  throw ApplicationFailure.nonRetryable(message, "InvalidInput");
}

function now(): string {
  return new Date().toISOString();
}
