// How many steps a worker runs at once, and who gets a slot. A step may be handed to the worker that completed the workflow task
// which scheduled it, without going through the task queue: that is fast, and passes by the queue's rates, priorities and fairness.
// Core asks for a slot for such a step by `tryReserveSlot`, and for all others by `reserveSlot`; so the first can be refused, and the
// step then waits its turn in the queue.
import type { ActivitySlotInfo, CustomSlotSupplier, SlotPermit } from "@temporalio/worker";

/** How many slots there are, and when steps may pass by the task queue. */
export interface StepSlotOptions {
  readonly slots: number;
  readonly mayBeEager: () => boolean;
}

/** Hands out slots in the order in which they were asked for. */
export function stepSlots({ slots, mayBeEager }: StepSlotOptions): CustomSlotSupplier<ActivitySlotInfo> {
  const waiting = new Set<() => void>();
  let taken = 0;
  return {
    type: "custom",
    reserveSlot: (_context, aborted) =>
      new Promise<SlotPermit>((resolve, reject) => {
        const take = () => {
          taken += 1;
          resolve({});
        };
        if (taken < slots) {
          take();
          return;
        }
        const giveUp = () => {
          waiting.delete(next);
          reject(aborted.reason as Error);
        };
        const next = () => {
          aborted.removeEventListener("abort", giveUp);
          take();
        };
        if (aborted.aborted) {
          reject(aborted.reason as Error);
          return;
        }
        waiting.add(next);
        aborted.addEventListener("abort", giveUp, { once: true });
      }),
    tryReserveSlot: () => {
      if (taken >= slots || !mayBeEager()) return null;
      taken += 1;
      return {};
    },
    markSlotUsed: () => undefined,
    releaseSlot: () => {
      taken -= 1;
      const [next] = waiting;
      if (!next || taken >= slots) return;
      waiting.delete(next);
      next();
    },
  };
}
