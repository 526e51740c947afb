import { defaultPayloadConverter } from "@temporalio/common";
import type { ActivityInterceptorsFactory, InjectedSinks } from "@temporalio/worker";
import { type SpanEnd, type TraceCarrier, traceHeaderName, type TraceSinks, type Tracing } from "../core/tracing.ts";

/** Takes the spans that workflow code records; in a replay they are known already. */
export function traceSinks(tracing: Tracing): InjectedSinks<TraceSinks> {
  return {
    tenutoTrace: {
      span: {
        fn: (_info, span) => {
          tracing.record(span);
        },
        callDuringReplay: false,
      },
    },
  };
}

/** Has each attempt of an activity run in a span of its own, below that of its step. */
export function traceAttempts(tracing: Tracing): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const header = input.headers[traceHeaderName];
        const { workflowId = "", runId = "" } = info.workflowExecution ?? {};
        const span = tracing.begin({
          name: `RunActivity:${info.activityType}`,
          kind: "internal",
          parent: header && carrierIn(header),
          attributes: {
            temporalWorkflowId: workflowId,
            run_id: runId,
            temporalActivityId: info.activityId,
            attempt: info.attempt,
          },
        });
        let end: SpanEnd = {};
        try {
          return await span.run(() => next(input));
        } catch (error) {
          end = { error: typeOf(error) };
          throw error;
        } finally {
          span.end(end);
        }
      },
    },
  });
}

function carrierIn(header: Parameters<typeof defaultPayloadConverter.fromPayload>[0]): TraceCarrier | undefined {
  try {
    return defaultPayloadConverter.fromPayload(header);
  } catch {
    // Anybody may have written it, and it must not fail a step.
    return undefined;
  }
}

/** Its message is its author's text, which may quote an input. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "type" in error && typeof error.type === "string" ? error.type : error.name;
}
