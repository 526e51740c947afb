import { randomUUID } from "node:crypto";
import type { Payload } from "@temporalio/common";
import { executionOf } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { parsedHeader, updateArguments } from "./payloads.ts";
import type { Temporal } from "./temporal.ts";
import { stages } from "./poll-update.ts";

interface UpdateParts {
  readonly run: RunReference;
  readonly name: string;
  readonly payload: Payload;
  /** One that is sent again under its id is the same update. @default a new one */
  readonly updateId?: string | undefined;
  /** Whether what it carries was parsed by its contract. @default false */
  readonly isParsed?: boolean;
  /** Who sends it, for the run to know. @default nobody */
  readonly by?: string;
  /** What is waited for. @default its outcome */
  readonly stage?: (typeof stages)[keyof typeof stages];
}

/** What is sent for an update whose outcome is waited for. */
export function updateRequest({ namespace, identity }: Temporal, parts: UpdateParts) {
  const { run, name, payload, updateId = randomUUID(), isParsed = false, by, stage = stages.completed } = parts;
  return {
    namespace,
    workflowExecution: executionOf(run),
    waitPolicy: { lifecycleStage: stage },
    request: {
      meta: { updateId, identity },
      input: { name, args: updateArguments(payload, by), ...(isParsed && { header: parsedHeader }) },
    },
  };
}
