import { encodeWithinLimit } from "../client/payloads.ts";
import { parseInput } from "../client/parse-input.ts";
import type { z } from "zod";
import { activityDefinition } from "../core/activity-definition.ts";
import type { App } from "../core/define-app.ts";
import { parseDuration } from "../core/duration.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { type LaneOfRun, laneOf } from "../core/lane.ts";
import { parseActivityType, type ParseOutcome, type ParseRequest } from "../core/intake.ts";

/** The local activity that parses what came into a run without being parsed by its sender, by the app's contracts. */
export function parseActivity(app: App): Readonly<Record<string, (request: ParseRequest) => Promise<ParseOutcome>>> {
  return { [parseActivityType]: (request) => parse(app, request) };
}

async function parse(app: App, request: ParseRequest): Promise<ParseOutcome> {
  const found = schemaOf(app, request);
  if (!found) return { status: "undeclared", isTold: true, isMarked: true };
  try {
    const side = request.kind === "stepOutput" ? "/output" : "/input";
    const value = await parseInput(found.schema, request.input, { ...found, side });
    encodeWithinLimit(value, found.what);
    const { deadlineMs } = found;
    const lane = found.laneOf?.(value);
    return { status: "valid", value, ...(deadlineMs !== undefined && { deadlineMs }), ...(lane && { lane }) };
  } catch (error) {
    if (error instanceof InvalidInput || error instanceof PayloadTooLarge) {
      const { name, message } = error;
      const issues = error instanceof InvalidInput ? error.issues : [];
      return { status: "invalid", type: name, message, issues, isTold: true, isMarked: true };
    }
    throw error;
  }
}

interface Found {
  readonly schema: z.ZodType;
  readonly what: string;
  readonly redact?: readonly string[] | undefined;
  readonly deadlineMs?: number;
  readonly laneOf?: (input: unknown) => LaneOfRun | undefined;
}

function schemaOf(app: App, request: ParseRequest): Found | undefined {
  const { kind, workflowType, name = "" } = request;
  if (kind === "stepInput" || kind === "stepOutput") return stepSchemaOf(app, name, kind);
  const contract = app.workflows.find((each) => each.name === workflowType);
  if (!contract) return undefined;
  const { signals, updates, redact } = contract;
  if (kind === "start") {
    const { input: schema, deadline } = contract;
    const what = `The input of workflow "${workflowType}"`;
    return {
      ...{ schema, what, redact },
      ...(deadline !== undefined && { deadlineMs: parseDuration(deadline) }),
      laneOf: (value) => laneOf(contract, value),
    };
  }
  const what = `The input of ${kind} "${name}" of workflow "${workflowType}"`;
  if (kind === "signal") {
    const schema = Object.hasOwn(signals, name) ? signals[name] : undefined;
    return schema && { schema, what, redact };
  }
  const schema = Object.hasOwn(updates, name) ? updates[name]?.input : undefined;
  return schema && { schema, what, redact };
}

function stepSchemaOf(app: App, activityType: string, kind: "stepInput" | "stepOutput"): Found | undefined {
  const definition = activityDefinition(app, activityType);
  if (!definition) return undefined;
  const { input, output, redact } = definition;
  if (kind === "stepInput") return { schema: input, what: `The input of step "${activityType}"`, redact };
  return { schema: output, what: `The output of step "${activityType}"`, redact };
}
