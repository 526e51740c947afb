// A start that its lane may refuse asks for the slot first. Why that is safe: the lane keeps the slot for the workflow id until
// the run asks for it, or nobody has seen such a run for a minute; asking again changes nothing.
import { ConcurrencyLimit } from "../core/errors/concurrency-limit.ts";
import { laneIdOf } from "../core/lane.ts";
import {
  laneMemo,
  type LaneReservation,
  laneReserveUpdate,
  type LaneVerdict,
  laneWorkflow,
} from "../core/lane-record.ts";
import { recordOf, withReservation } from "../core/lane-state.ts";
import { laneBefore } from "./ask-lane.ts";
import { findRun, isRepeat, type Start, type StartedRun } from "./checked-start.ts";
import { decode } from "./payloads.ts";
import { errorOf } from "./run-failure.ts";
import type { Temporal } from "./temporal.ts";
import { updateSystemWorkflow } from "./update-system-workflow.ts";

/**
 * Has the lane of a start keep a slot for its run; the run of an earlier start with the same key and input, if there is one.
 *
 * @throws {@link ConcurrencyLimit} when the contract refuses runs that have to wait, and this one would.
 */
export async function slotReserved(temporal: Temporal, start: Start): Promise<StartedRun | undefined> {
  const { workflowId, contract, concurrency: lane } = start;
  if (lane?.onLimit !== "reject") return undefined;
  const type = contract.name;
  const found = await findRun(temporal, start);
  if (found && isRepeat(found, start))
    return { workflowId, type, runId: found.runId, status: found.status, existing: true };
  // It has a slot, or no start changes that it has none.
  if (found?.status === "running") return undefined;
  const { key, ...terms } = lane;
  const { tenant } = temporal;
  const subject = { type, ...(key !== undefined && { key }), ...(tenant !== undefined && { tenant }) };
  const reservation: LaneReservation = { workflowId: temporal.idPrefix + workflowId, terms };
  const laneId = laneIdOf(subject);
  const outcome = await updateSystemWorkflow(temporal, {
    workflowId: laneId,
    type: laneWorkflow,
    what: `the lane of workflow "${type}"`,
    name: laneReserveUpdate,
    input: reservation,
    inputIs: "The reservation",
    begin: async () => {
      const state = await laneBefore(temporal, laneId);
      const record = recordOf(subject, withReservation(state, reservation, Date.now()));
      return { input: { subject, ...(state && { state }) }, memo: { [laneMemo]: record } };
    },
  });
  if (outcome?.failure) throw errorOf(outcome.failure);
  const verdict = decode(outcome?.success?.payloads?.[0]) as LaneVerdict | undefined;
  if (verdict?.outcome === "refused") throw new ConcurrencyLimit({ type, limit: lane.limit, holders: verdict.holders });
  return undefined;
}
