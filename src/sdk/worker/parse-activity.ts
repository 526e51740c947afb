import { encodeWithinLimit } from "../client/payloads.ts";
import { parseInput } from "../client/parse-input.ts";
import type { App } from "../core/define-app.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { parseActivityType, type ParseOutcome, type ParseRequest } from "../core/intake.ts";

/** The local activity that parses what came into a run without being parsed by its sender, by the app's contracts. */
export function parseActivity(app: App): Readonly<Record<string, (request: ParseRequest) => Promise<ParseOutcome>>> {
  return { [parseActivityType]: (request) => parse(app, request) };
}

async function parse(app: App, request: ParseRequest): Promise<ParseOutcome> {
  const found = schemaOf(app, request);
  if (!found) return { status: "undeclared" };
  try {
    const value = await parseInput(found.schema, request.input, found);
    encodeWithinLimit(value, found.what);
    return { status: "valid", value };
  } catch (error) {
    if (error instanceof InvalidInput || error instanceof PayloadTooLarge) {
      const { name, message } = error;
      return { status: "invalid", type: name, message, issues: error instanceof InvalidInput ? error.issues : [] };
    }
    throw error;
  }
}

function schemaOf(app: App, { kind, workflowType, name = "" }: ParseRequest) {
  const contract = app.workflows.find((each) => each.name === workflowType);
  if (!contract) return undefined;
  if (kind === "start")
    return { schema: contract.input, what: `The input of workflow "${workflowType}"`, redact: contract.redact };
  const { signals, updates, redact } = contract;
  const what = `The input of ${kind} "${name}" of workflow "${workflowType}"`;
  if (kind === "signal") {
    const schema = Object.hasOwn(signals, name) ? signals[name] : undefined;
    return schema && { schema, what, redact };
  }
  const schema = Object.hasOwn(updates, name) ? updates[name]?.input : undefined;
  return schema && { schema, what, redact };
}
