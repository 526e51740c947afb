import { randomUUID } from "node:crypto";
import { msToTs } from "@temporalio/common/lib/time.js";
import proto from "@temporalio/proto";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { tenantMemo } from "../core/tenant.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { encode } from "./payloads.ts";
import type { Temporal } from "./temporal.ts";

const { WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** A signal to one of Tenuto's own workflows, and how that begins where it is not there. */
interface SystemSignal {
  readonly workflowId: string;
  readonly type: string;
  readonly signal: string;
  readonly value: unknown;
  /** What it begins with. @default nothing */
  readonly input?: unknown;
  /** So that it can be read, and found, before a worker has taken it up. */
  readonly memo: Readonly<Record<string, unknown>>;
  readonly marks: readonly string[];
  readonly tenant?: string | undefined;
  /** How long one of its tasks may take before another worker gets it. @default Temporal's 10 seconds */
  readonly taskTimeoutMs?: number;
  /** Whether one that has completed is not to begin anew; then the server's error says that it is. @default false */
  readonly once?: boolean;
}

/** Sends a signal; once it returns, the server has it. Answers whether the workflow began with it. */
export async function signalSystemWorkflow(temporal: Temporal, sent: SystemSignal): Promise<boolean> {
  const { namespace, identity } = temporal;
  const { workflowId, type, signal, value, input, marks, tenant, taskTimeoutMs, once = false } = sent;
  const memo = { ...sent.memo, ...(tenant !== undefined && { [tenantMemo]: tenant }) };
  const request = {
    namespace,
    identity,
    requestId: randomUUID(),
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: systemTaskQueue },
    input: input === undefined ? null : { payloads: [encode(input)] },
    signalName: signal,
    signalInput: { payloads: [encode(value)] },
    memo: { fields: Object.fromEntries(Object.entries(memo).map(([name, each]) => [name, encode(each)])) },
    searchAttributes: { indexedFields: { [marksAttribute]: encode(marks) } },
    ...(taskTimeoutMs !== undefined && { workflowTaskTimeout: msToTs(taskTimeoutMs) }),
    ...(once && { workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY }),
  };
  const keep = (error: unknown) => once && hasGrpcCode(error, grpc.alreadyExists);
  const { started } = await temporal.call((service) => service.signalWithStartWorkflowExecution(request), { keep });
  return started ?? false;
}
