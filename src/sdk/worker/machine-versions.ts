// A run whose version of a state machine is gone would be stuck. So a worker looks for such runs before it begins.
import { hasGrpcCode, grpc } from "../client/grpc-errors.ts";
import { decode } from "../client/payloads.ts";
import { quote } from "../client/visibility-query.ts";
import type { App } from "../core/define-app.ts";
import { MissingMachineVersion } from "../core/errors/missing-machine-version.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { isVersionMark, machineMark, versionMark } from "../core/state-machine/machine-marks.ts";
import { versionsOf } from "../core/state-machine/previous-version.ts";
import { queuesOf } from "../core/queue.ts";
import type { NativeConnection } from "@temporalio/worker";

type Service = Pick<NativeConnection["workflowService"], "countWorkflowExecutions" | "listWorkflowExecutions">;

interface Place {
  readonly service: Service;
  readonly namespace: string;
}

const named = 20;
const pageSize = 200;

/** @throws {@link MissingMachineVersion} when open runs of the app are in a version that it does not have. */
export async function assertMachineVersions(app: App, { service, namespace }: Place): Promise<void> {
  const known = new Set(
    app.workflows.flatMap(({ machine }) =>
      machine ? [...versionsOf(machine).keys()].map((version) => versionMark(machine.name, version)) : [],
    ),
  );
  const queues = queuesOf(app).map(({ taskQueue }) => quote(taskQueue));
  const open = `TaskQueue IN (${queues.join(", ")}) AND ExecutionStatus = "Running" AND ${marksAttribute} = `;
  const count = async (mark: string) =>
    Number((await service.countWorkflowExecutions({ namespace, query: open + quote(mark) })).count ?? 0);
  try {
    const all = await count(machineMark);
    let ofKnown = 0;
    for (const mark of known) ofKnown += await count(mark);
    if (all <= ofKnown) return;
    // Counted one after the other, so a run may have begun in between: what is listed is what counts.
    const missing = await runsWithout(known, { service, namespace, query: open + quote(machineMark) });
    if (missing.length > 0) throw new MissingMachineVersion(app.name, missing);
  } catch (error) {
    // A server that skips time lists nothing, and one that has the attribute since a moment ago has no such runs.
    if (!hasGrpcCode(error, grpc.unimplemented) && !hasGrpcCode(error, grpc.invalidArgument)) throw error;
  }
}

async function runsWithout(
  known: ReadonlySet<string>,
  { service, namespace, query }: Place & { readonly query: string },
): Promise<MissingMachineVersion["runs"]> {
  const missing: MissingMachineVersion["runs"][number][] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await service.listWorkflowExecutions({
      ...{ namespace, query, pageSize },
      ...(nextPageToken && { nextPageToken }),
    });
    for (const { execution, searchAttributes } of page.executions ?? []) {
      const marks = decode(searchAttributes?.indexedFields?.[marksAttribute]);
      const version = (Array.isArray(marks) ? marks.map(String) : []).find(isVersionMark);
      if (version === undefined || known.has(version)) continue;
      const { workflowId, runId } = execution ?? {};
      missing.push({ workflowId: workflowId ?? "", runId: runId ?? "", version: version.replace(/^machine:/, "") });
    }
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken && missing.length < named);
  return missing.slice(0, named);
}
