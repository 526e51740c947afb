// Bundled into workers that send traces: passes the trace on to what a run schedules, and records its spans.
// Nothing here may change a run: a history recorded with it replays without it, and the other way round. So it hands on the
// very promise it was given, because one more `await` lets other branches go first; and its ids are derived from the run's,
// because a random one would shift every later random number of the run. Headers are no part of what a replay compares.
import {
  ApplicationFailure,
  AsyncLocalStorage,
  ContinueAsNew,
  defaultPayloadConverter,
  type Headers,
  proxySinks,
  TemporalFailure,
  workflowInfo,
  type WorkflowInterceptors,
} from "@temporalio/workflow";
import {
  carrierOf,
  derivedContext,
  parseTraceContext,
  type RecordedSpan,
  type TraceContext,
  traceHeaderName,
  type TraceSinks,
} from "../core/tracing.ts";

/** The bundler writes in which types have a contract; `null` when all have. */
declare const TENUTO_CONTRACTED: readonly string[] | null;

const { tenutoTrace } = proxySinks<TraceSinks>();
const current = new AsyncLocalStorage<TraceContext>();
let spans = 0;

export function interceptors(): WorkflowInterceptors {
  const { workflowType } = workflowInfo();
  if (TENUTO_CONTRACTED?.includes(workflowType) === false) return {};
  return {
    inbound: [
      {
        execute: (input, next) => traced(`RunWorkflow:${workflowType}`, contextIn(input.headers), () => next(input)),
        handleSignal: (input, next) =>
          traced(`HandleSignal:${input.signalName}`, contextIn(input.headers), () => next(input)),
        handleUpdate: (input, next) =>
          traced(`HandleUpdate:${input.name}`, contextIn(input.headers), () => next(input)),
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) =>
          traced(`StartActivity:${input.activityType}`, current.getStore(), (context) =>
            next({ ...input, headers: withContext(input.headers, context) }),
          ),
        scheduleLocalActivity: (input, next) =>
          traced(`StartActivity:${input.activityType}`, current.getStore(), (context) =>
            next({ ...input, headers: withContext(input.headers, context) }),
          ),
        startChildWorkflowExecution: (input, next) =>
          next({ ...input, headers: withContext(input.headers, noted(`StartChildWorkflow:${input.workflowType}`)) }),
        signalWorkflow: (input, next) =>
          next({ ...input, headers: withContext(input.headers, noted(`SignalWorkflow:${input.signalName}`)) }),
        continueAsNew: (input, next) =>
          next({ ...input, headers: withContext(input.headers, noted(`ContinueAsNew:${workflowType}`)) }),
      },
    ],
  };
}

function traced<T>(
  name: string,
  parent: TraceContext | undefined,
  work: (context: TraceContext) => Promise<T>,
): Promise<T> {
  const context = nextContext(parent);
  const startMs = Date.now();
  const running = current.run(context, () => work(context));
  const end = (failure: { readonly error?: string } = {}) => {
    record({ name, context, parent, startMs, ...failure });
  };
  running.then(
    () => {
      end();
    },
    (error: unknown) => {
      if (error instanceof ContinueAsNew) end();
      // Anything else fails the workflow task, which is tried again: the span is not over.
      else if (error instanceof TemporalFailure) end({ error: typeOf(error) });
    },
  );
  return running;
}

/** A span of something that is over as soon as it is asked for. */
function noted(name: string): TraceContext {
  const parent = current.getStore();
  const context = nextContext(parent);
  record({ name, context, parent, startMs: Date.now() });
  return context;
}

function nextContext(parent: TraceContext | undefined): TraceContext {
  spans += 1;
  return derivedContext(workflowInfo().runId, spans, parent);
}

interface Ended extends Pick<RecordedSpan, "name" | "context" | "startMs" | "error"> {
  readonly parent: TraceContext | undefined;
}

function record({ parent, ...span }: Ended): void {
  if (!span.context.isSampled) return;
  const { workflowId, runId, workflowType, taskQueue } = workflowInfo();
  const attributes = { temporalWorkflowId: workflowId, run_id: runId, temporalWorkflowType: workflowType, taskQueue };
  tenutoTrace.span({ ...span, endMs: Date.now(), attributes, ...(parent && { parentSpanId: parent.spanId }) });
}

/** Its message is its author's text, which may quote an input. */
function typeOf(error: TemporalFailure): string {
  const { cause } = error;
  if (error instanceof ApplicationFailure) return error.type ?? error.name;
  return cause instanceof TemporalFailure ? typeOf(cause) : error.name;
}

function contextIn(headers: Headers): TraceContext | undefined {
  const header = headers[traceHeaderName];
  if (!header) return undefined;
  try {
    return parseTraceContext(defaultPayloadConverter.fromPayload(header));
  } catch {
    // Anybody may have written it, and it must not hold up a run.
    return undefined;
  }
}

function withContext(headers: Headers, context: TraceContext): Headers {
  return { ...headers, [traceHeaderName]: defaultPayloadConverter.toPayload(carrierOf(context)) };
}
