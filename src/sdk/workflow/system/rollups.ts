import { defineSignal, patched, proxyActivities, setHandler, sleep, upsertMemo } from "@temporalio/workflow";
import {
  isCheckDue,
  nextReading,
  rollupActivityTypes as types,
  type RollupCheck,
  type RollupOutcome,
  type RollupPass,
  rollupsMemo,
  type RollupsState,
  targetsSignal,
  type ToldReading,
  type TypeTargets,
} from "../../core/rollup.ts";
import { continuedWith, isLong } from "./continued-with.ts";

interface Activities {
  readonly [types.read]: (pass: RollupPass) => Promise<RollupOutcome>;
  readonly [types.check]: (check: RollupCheck) => Promise<number>;
}

/** A pass whose worker is gone is made by another one soon, from the same place. */
const tenuto = proxyActivities<Activities>({
  startToCloseTimeout: "30m",
  heartbeatTimeout: "20s",
  retry: { initialInterval: "1s", maximumInterval: "15s" },
});

/** A history that is read again at each start of a worker stays short. */
const longestHistory = 1_500;

/** Reads what has closed, for as long as the namespace is there. */
export async function tenutoRollups(begun: RollupsState): Promise<void> {
  let state = begun;
  setHandler(defineSignal<[TypeTargets]>(targetsSignal), (targets) => {
    state = { ...state, targets: { ...state.targets, ...targets } };
  });
  while (!isLong(longestHistory)) {
    const { readUntil, isDone } = await tenuto[types.read](nextReading(state, Date.now()));
    state = { ...state, readUntil };
    if (patched("tell-reading")) upsertMemo(toldOf(readUntil));
    if (!isDone) continue;
    if (isCheckDue(state, Date.now())) {
      const checkedAt = new Date().toISOString();
      await tenuto[types.check]({ until: readUntil, targets: state.targets ?? {} });
      state = { ...state, checkedAt };
    }
    await sleep(state.everyMs);
  }
  await continuedWith<typeof tenutoRollups>(state.readUntil === undefined ? {} : toldOf(state.readUntil), state);
}

function toldOf(readUntil: string): Readonly<Record<typeof rollupsMemo, ToldReading>> {
  return { [rollupsMemo]: { readUntil } };
}
