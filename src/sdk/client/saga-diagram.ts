/**
 * Draws what a run did from its history, for people who have to decide something about it. It shows no input, no output and
 * no error's message: nothing that a contract redacts can be in it.
 */
import { reportActivityType } from "../core/dead-letter.ts";
import {
  decideUpdate,
  type DecisionRequest,
  type Incident,
  pauseUpdate,
  resumeUpdate,
  skipUpdate,
  type SkipRequest,
  type Waiting,
  waitingMemo,
} from "../core/incident.ts";
import { deadlineHeaderName } from "../core/intake.ts";
import { deadlineTimer, settleTimer } from "../core/timer-summary.ts";
import { endOfCall, endOfRun, inBrackets, reasonOf } from "./recorded-ends.ts";
import type { RecordedEvent, SentUpdate } from "./recorded-event.ts";
import { type RecordedCall, RecordedSteps } from "./recorded-steps.ts";
import { lengthOf, purposeOf } from "./recorded-timers.ts";
import { withValues } from "./recorded-values.ts";
import type { HistoryEvent } from "./run-history.ts";
import { SequenceDiagram } from "./sequence-diagram.ts";

/**
 * A Mermaid sequence diagram of a run: its steps and their attempts, what failed, what was undone, what operators decided,
 * and how it ended.
 *
 * It takes the events of `client.history(…)`, or those of a history in Temporal's JSON. It has operators' names and reasons,
 * but no inputs, outputs or error messages.
 *
 * @example
 * ```ts
 * const diagram = sagaDiagram(await client.history("order-1"));
 * ```
 */
export function sagaDiagram(events: readonly (HistoryEvent | { readonly eventId: string })[]): string {
  const drawing = new Drawing(events);
  return drawing.drawn();
}

const outside = "outside";
const operator = "operator";

class Drawing {
  readonly #events: ReadonlyMap<string, RecordedEvent>;
  readonly #lastDeadlineTimer: string | undefined;
  readonly #diagram = new SequenceDiagram([outside, operator]);
  readonly #steps = new RecordedSteps();
  /** What is scheduled and not over, by the id of the event that says so. */
  readonly #calls = new Map<string, RecordedCall>();
  #waiting: Pick<Waiting, "incidents" | "paused"> = { incidents: [] };
  /** Incidents that an operator has just decided, and that the memo still lists. */
  readonly #decided = new Set<string>();
  #name = "run";
  #isUndoing = false;
  #isOver = false;

  constructor(events: readonly RecordedEvent[]) {
    this.#events = new Map(events.map((event) => [event.eventId, event]));
    this.#lastDeadlineTimer = events.findLast((event) => purposeOf(event) === deadlineTimer)?.eventId;
  }

  drawn(): string {
    for (const event of this.#events.values()) this.#draw(event);
    if (!this.#isOver) {
      const open = [...this.#calls.values()].map(({ title }) => title);
      this.#diagram.note(["still open", ...open].join(", "));
    }
    return this.#diagram.drawn(this.#name);
  }

  #draw(event: RecordedEvent): void {
    this.#drawRun(event);
    this.#drawCalls(event);
    this.#drawFromOutside(event);
    this.#drawWaits(event);
  }

  #drawRun(event: RecordedEvent): void {
    const started = event.workflowExecutionStartedEventAttributes;
    if (started) {
      this.#name = started.workflowType?.name ?? this.#name;
      const ms = withValues(started.header?.fields?.[deadlineHeaderName]);
      this.#diagram.toRun(outside, typeof ms === "number" ? `start, deadline ${lengthOf(`${ms / 1_000}s`)}` : "start");
    }
    const failedTask = event.workflowTaskFailedEventAttributes;
    if (failedTask?.cause?.endsWith("RESET_WORKFLOW")) this.#diagram.note("reset to here");
    else if (failedTask && /UNHANDLED_FAILURE|NON_DETERMINISTIC/.test(failedTask.cause ?? ""))
      this.#diagram.note(`bug in the code (${reasonOf(failedTask.failure)}), nothing is undone, goes on after the fix`);
    const end = endOfRun(event);
    if (!end) return;
    this.#isOver = true;
    this.#diagram.answerFromRun(outside, end.text, end.isFailure);
  }

  #drawCalls(event: RecordedEvent): void {
    const activity = event.activityTaskScheduledEventAttributes;
    if (activity?.activityType?.name === reportActivityType) this.#diagram.note("opens its dead letter");
    else if (activity) this.#begin(event.eventId, this.#steps.activity(activity));
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
    if (child) this.#begin(event.eventId, this.#steps.child(child.workflowType?.name ?? ""));
    const started = event.activityTaskStartedEventAttributes;
    const attempted = this.#calls.get(started?.scheduledEventId ?? "");
    if (attempted) attempted.attempts = started?.attempt ?? 1;
    const end = endOfCall(event);
    const call = this.#calls.get(end?.of ?? "");
    if (!end || !call) return;
    this.#calls.delete(end.of);
    const attempts = call.attempts > 1 ? `, ${call.attempts} attempts` : "";
    this.#diagram.answerToRun(call.service, `${call.label} ${end.text}${attempts}`, end.isFailure);
  }

  #begin(eventId: string, call: RecordedCall): void {
    this.#undoes(call.isUndo);
    this.#calls.set(eventId, call);
    this.#diagram.fromRun(call.service, call.title);
  }

  #undoes(isUndoing: boolean): void {
    if (isUndoing && !this.#isUndoing) this.#diagram.note("undoes what was done");
    this.#isUndoing = isUndoing;
  }

  #drawFromOutside(event: RecordedEvent): void {
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal) this.#diagram.toRun(outside, `signal ${signal.signalName ?? ""}`);
    const canceled = event.workflowExecutionCancelRequestedEventAttributes;
    if (canceled) this.#diagram.toRun(outside, `cancel${inBrackets(canceled.cause)}`);
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
    if (update) this.#drawUpdate(update);
    const answer = event.workflowExecutionUpdateCompletedEventAttributes;
    if (!answer?.outcome?.failure) return;
    const accepted = this.#events.get(answer.acceptedEventId);
    const name = accepted?.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ?? "";
    const [from, what] = operatorUpdates.has(name) ? [operator, "this"] : [outside, `update ${name}`];
    this.#diagram.answerFromRun(from, `${what} is refused, ${reasonOf(answer.outcome.failure)}`, true);
  }

  #drawUpdate({ name = "", args }: SentUpdate): void {
    if (!operatorUpdates.has(name)) {
      this.#diagram.toRun(outside, `update ${name}`);
      return;
    }
    const request = (withValues(args?.payloads?.[0]) ?? {}) as Partial<DecisionRequest & SkipRequest>;
    const what =
      name === pauseUpdate
        ? "pauses the run"
        : name === resumeUpdate
          ? "resumes the run"
          : name === skipUpdate
            ? `skips ${request.step ?? ""}`
            : this.#decision(request);
    if (name === skipUpdate) this.#skipped(request);
    this.#diagram.toRun(operator, `${request.by ?? "somebody"} ${what}${inBrackets(request.reason)}`);
  }

  #decision({ incidentId = "", action, input }: Partial<DecisionRequest>): string {
    this.#decided.add(incidentId);
    const incident = this.#waiting.incidents.find(({ id }) => id === incidentId);
    const what = incident ? this.#steps.labelOf(incident) : `incident ${incidentId}`;
    if (action === "retry") return `retries ${what}${input === undefined ? "" : " with other input"}`;
    if (action === "complete") return `did ${what} by hand`;
    return incident?.kind === "undo" ? `gives up ${what}` : `lets ${what} fail`;
  }

  #skipped({ step, key }: Partial<SkipRequest>): void {
    const isMeant = (each: Incident) => each.step === step && (key === undefined || each.key === key);
    const incident = this.#waiting.incidents.find(isMeant);
    if (incident) this.#decided.add(incident.id);
  }

  #drawWaits(event: RecordedEvent): void {
    const memo = event.workflowPropertiesModifiedEventAttributes?.upsertedMemo?.fields;
    if (memo && waitingMemo in memo) this.#drawWaiting(withValues(memo[waitingMemo]) ?? {});
    const fired = event.timerFiredEventAttributes;
    if (fired) this.#drawTimer(fired.startedEventId);
  }

  #drawWaiting({ incidents = [], paused }: Partial<Waiting>): void {
    const before = this.#waiting.incidents;
    for (const incident of incidents) {
      if (before.some(({ id }) => id === incident.id)) continue;
      const label = this.#steps.labelOf(incident);
      this.#diagram.note(`${label} is parked as incident ${incident.id} (${incident.error.type})`);
    }
    for (const { id } of before) {
      const isClosed = !incidents.some((each) => each.id === id);
      if (isClosed && !this.#decided.delete(id)) this.#diagram.note(`incident ${id} is closed undecided`);
    }
    this.#waiting = { incidents, ...(paused && { paused }) };
  }

  #drawTimer(startedEventId: string): void {
    const started = this.#events.get(startedEventId);
    const length = lengthOf(started?.timerStartedEventAttributes?.startToFireTimeout);
    const purpose = purposeOf(started);
    if (purpose === deadlineTimer) {
      // The clock of a deadline stands still while the run waits: then, or when it is set again, it was not yet time.
      const isStill = this.#waiting.incidents.length > 0 || this.#waiting.paused !== undefined;
      if (!isStill && startedEventId === this.#lastDeadlineTimer) this.#diagram.note("deadline passed");
    } else if (purpose === settleTimer) {
      this.#undoes(true);
      this.#diagram.note(`waited ${length} for a late effect`);
    } else this.#diagram.note(`a timer of ${length} fired`);
  }
}

const operatorUpdates: ReadonlySet<string> = new Set([decideUpdate, pauseUpdate, resumeUpdate, skipUpdate]);
