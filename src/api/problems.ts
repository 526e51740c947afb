import { STATUS_CODES } from "node:http";
import type {
  AlertNotFound,
  AlertNotOpen,
  AlertRuleNotFound,
  DeadLetterNotFound,
  BatchNotFound,
  BatchNotRunning,
  ConcurrencyLimit,
  DeadLetterNotOpen,
  DecryptionFailed,
  ErrorGroupNotFound,
  EventNotAllowed,
  EventSourceNotFound,
  IdempotencyKeyReused,
  IncidentDecided,
  IncidentNotFound,
  InvalidCursor,
  InvalidEventId,
  InvalidInput,
  LaneNotFound,
  NoStateMachine,
  NotYourTask,
  NoWorkerPolling,
  PayloadTooLarge,
  QueryFailed,
  RateLimited,
  RedriveUnsound,
  RewindNotAllowed,
  RunAlreadyStarted,
  RunClosed,
  RunNotAnswering,
  RunNotFound,
  ScheduleBusy,
  ScheduleInCode,
  ScheduleNotFound,
  StepNotWaiting,
  TaskAnswered,
  TaskClaimed,
  TaskClosed,
  TaskLinkGone,
  TaskLinkInvalid,
  TaskNotFound,
  TemporalRefused,
  TemporalUnavailable,
  TransitionInProgress,
  UnknownQuery,
  UnknownQueue,
  UnknownSignal,
  UnknownUpdate,
  UnknownWorkflowType,
  UpdateNotFound,
  UpdateRejected,
  WindowFull,
  ValidationIssue,
} from "tenuto";
import type { RefusalCode } from "./request-refused.ts";

type ClientError =
  | AlertNotFound
  | AlertNotOpen
  | AlertRuleNotFound
  | DeadLetterNotFound
  | BatchNotFound
  | BatchNotRunning
  | ConcurrencyLimit
  | DeadLetterNotOpen
  | DecryptionFailed
  | ErrorGroupNotFound
  | EventNotAllowed
  | EventSourceNotFound
  | IdempotencyKeyReused
  | IncidentDecided
  | IncidentNotFound
  | InvalidCursor
  | InvalidEventId
  | InvalidInput
  | LaneNotFound
  | NoStateMachine
  | NotYourTask
  | NoWorkerPolling
  | PayloadTooLarge
  | QueryFailed
  | RateLimited
  | RedriveUnsound
  | RewindNotAllowed
  | RunAlreadyStarted
  | RunClosed
  | RunNotAnswering
  | RunNotFound
  | ScheduleBusy
  | ScheduleInCode
  | ScheduleNotFound
  | StepNotWaiting
  | TaskAnswered
  | TaskClaimed
  | TaskClosed
  | TaskLinkGone
  | TaskLinkInvalid
  | TaskNotFound
  | TemporalRefused
  | TemporalUnavailable
  | TransitionInProgress
  | UnknownQuery
  | UnknownQueue
  | UnknownSignal
  | UnknownUpdate
  | UnknownWorkflowType
  | UpdateNotFound
  | UpdateRejected
  | WindowFull;

/** Every code that a problem can have, and the status it comes with. */
export type ProblemCode =
  ClientError["code"] | RefusalCode | "BAD_REQUEST" | "HEADERS_TOO_LARGE" | "REQUEST_TIMEOUT" | "INTERNAL";

const statuses: Readonly<Record<ProblemCode, number>> = {
  BAD_REQUEST: 400,
  MALFORMED_URL: 400,
  NOT_UTF8: 400,
  NOT_JSON: 400,
  TOO_DEEP: 400,
  INVALID_REQUEST: 400,
  INVALID_CURSOR: 400,
  UNAUTHENTICATED: 401,
  TASK_LINK_INVALID: 401,
  WEBHOOK_NOT_SIGNED: 401,
  FORBIDDEN: 403,
  INVALID_EVENT_ID: 400,
  CSRF_TOKEN_MISSING: 403,
  NOT_YOUR_TASK: 403,
  NOT_FOUND: 404,
  UNKNOWN_WORKFLOW_TYPE: 404,
  RUN_NOT_FOUND: 404,
  UNKNOWN_SIGNAL: 404,
  UNKNOWN_QUERY: 404,
  UNKNOWN_QUEUE: 404,
  UNKNOWN_UPDATE: 404,
  UPDATE_NOT_FOUND: 404,
  INCIDENT_NOT_FOUND: 404,
  DEAD_LETTER_NOT_FOUND: 404,
  ALERT_NOT_FOUND: 404,
  LANE_NOT_FOUND: 404,
  BATCH_NOT_FOUND: 404,
  ERROR_GROUP_NOT_FOUND: 404,
  ALERT_RULE_NOT_FOUND: 404,
  SCHEDULE_NOT_FOUND: 404,
  EVENT_SOURCE_NOT_FOUND: 404,
  TASK_NOT_FOUND: 404,
  NO_STATE_MACHINE: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  ENCRYPTION_OFF: 409,
  RUN_ALREADY_STARTED: 409,
  RUN_CLOSED: 409,
  UPDATE_REJECTED: 409,
  INCIDENT_DECIDED: 409,
  STEP_NOT_WAITING: 409,
  REDRIVE_UNSOUND: 409,
  DEAD_LETTER_NOT_OPEN: 409,
  ALERT_NOT_OPEN: 409,
  BATCH_NOT_RUNNING: 409,
  SCHEDULE_BUSY: 409,
  SCHEDULE_IN_CODE: 409,
  TASK_CLOSED: 409,
  TASK_CLAIMED: 409,
  TASK_ANSWERED: 409,
  EVENT_NOT_ALLOWED: 409,
  TRANSITION_IN_PROGRESS: 409,
  REWIND_NOT_ALLOWED: 409,
  TASK_LINK_GONE: 410,
  BODY_TOO_LARGE: 413,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_BODY: 422,
  INVALID_INPUT: 422,
  QUERY_FAILED: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMITED: 429,
  WINDOW_FULL: 429,
  CONCURRENCY_LIMIT: 429,
  TOO_MANY_REQUESTS: 429,
  TOO_MANY_STREAMS: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  DECRYPTION_FAILED: 500,
  TEMPORAL_REFUSED: 502,
  TEMPORAL_UNAVAILABLE: 503,
  ISSUER_UNAVAILABLE: 503,
  EVENT_SOURCE_PAUSED: 503,
  NO_WORKER_POLLING: 504,
  RUN_NOT_ANSWERING: 504,
};

/** Every {@link ProblemCode}. */
export const problemCodes = Object.keys(statuses) as readonly ProblemCode[];

/** The status that a problem comes with. */
export function statusOf(code: ProblemCode): number {
  return statuses[code];
}

/** An answer that says what went wrong, by RFC 9457. */
export interface Problem extends Members {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Stable; a program may decide by it. */
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly ValidationIssue[];
}

/** What only some problems say. */
interface Members {
  /** The run that is in the way. */
  readonly workflowId?: string;
  readonly runId?: string;
  /** What became of the incident, by whom and when. */
  readonly decided?: IncidentDecided["decided"];
  /** The incidents that are open. */
  readonly open?: IncidentNotFound["open"];
  /** The steps that can be skipped. */
  readonly waiting?: StepNotWaiting["waiting"];
  /** How the dead letter can be redriven now. */
  readonly modes?: RedriveUnsound["modes"];
  /** How the task ended. */
  readonly ended?: TaskClosed["ended"];
  /** Who has claimed the task. */
  readonly by?: TaskClaimed["by"];
  /** Who may answer the task. */
  readonly audience?: NotYourTask["audience"];
  /** What the state machine is in. */
  readonly state?: EventNotAllowed["state"];
  /** The events that the state machine takes now, or the states that it can be brought back to. */
  readonly allowed?: EventNotAllowed["allowed"];
  /** The transition whose steps have not ended. */
  readonly moving?: TransitionInProgress["moving"];
  /** How many runs may be at work at once in the lane that is full, and how many are. */
  readonly limit?: ConcurrencyLimit["limit"];
  readonly holders?: ConcurrencyLimit["holders"];
  /** What keeps an event that was posted and can't be taken. */
  readonly deadLetterId?: string;
}

/** A problem and the headers it is sent with. */
export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** The one map from an error to what the caller is told; an unknown one is told nothing of what is inside. */
export function problemAnswer(error: unknown, requestId: string): ProblemAnswer {
  const code = codeOf(error);
  if (code === undefined) {
    return {
      problem: problem("INTERNAL", "The API failed. Its log says why, under this requestId.", requestId),
      headers: {},
    };
  }
  const failure = error as Error & Extension;
  const { message, issues, headers, deadLetterId } = failure;
  const own = (members[code] ?? []).map((name) => [name, failure[name]] as const);
  return {
    problem: {
      ...problem(code, message, requestId),
      ...(issues && { errors: issues }),
      ...Object.fromEntries(own),
      ...(deadLetterId !== undefined && { deadLetterId }),
    },
    headers: { ...headers, ...(retryable.has(code) && { "Retry-After": "1" }) },
  };
}

/** A problem that no error stands for. */
export function problem(code: ProblemCode, detail: string, requestId: string): Problem {
  const status = statuses[code];
  return { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, code, detail, requestId };
}

interface Extension extends Members {
  readonly issues?: readonly ValidationIssue[];
  readonly headers?: Readonly<Record<string, string>>;
}

const members: Readonly<Partial<Record<ProblemCode, readonly (keyof Members)[]>>> = {
  RUN_ALREADY_STARTED: ["workflowId", "runId"],
  IDEMPOTENCY_KEY_REUSED: ["workflowId", "runId"],
  INCIDENT_DECIDED: ["workflowId", "decided"],
  INCIDENT_NOT_FOUND: ["open"],
  STEP_NOT_WAITING: ["waiting"],
  REDRIVE_UNSOUND: ["modes"],
  TASK_CLOSED: ["ended"],
  TASK_CLAIMED: ["by"],
  NOT_YOUR_TASK: ["audience"],
  EVENT_NOT_ALLOWED: ["state", "allowed"],
  TRANSITION_IN_PROGRESS: ["state", "allowed", "moving"],
  REWIND_NOT_ALLOWED: ["allowed"],
  CONCURRENCY_LIMIT: ["limit", "holders"],
};
/** What may work a moment later: these problems come with `Retry-After`. */
export const retryable: ReadonlySet<ProblemCode> = new Set([
  "TEMPORAL_UNAVAILABLE",
  "RATE_LIMITED",
  "WINDOW_FULL",
  "CONCURRENCY_LIMIT",
  "NO_WORKER_POLLING",
  "RUN_NOT_ANSWERING",
  "TRANSITION_IN_PROGRESS",
  "SCHEDULE_BUSY",
]);

/** By name and code: a Node error has a code too, and what it says is not for callers. */
function codeOf(error: unknown): ProblemCode | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return Object.hasOwn(statuses, error.code) && error.code !== "INTERNAL" ? (error.code as ProblemCode) : undefined;
}
