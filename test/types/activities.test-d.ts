// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- What does not compile has no type. */
import { implementActivities } from "tenuto/activity";
import { mock } from "tenuto/testing";
import { order, payments } from "./contracts.ts";

implementActivities(payments, {
  charge: async ({ cents, card }, { idempotencyKey, signal }) => {
    signal.throwIfAborted();
    if (card === "") throw payments.errors.Declined({ reason: "no card" }, { cause: new Error("empty") });
    return { chargeId: `${idempotencyKey}-${cents}` };
  },
  refund: async ({ key }) => key,
});

// @ts-expect-error an activity has no function
implementActivities(payments, { charge: async () => ({ chargeId: "1" }) });

implementActivities(payments, {
  // @ts-expect-error the output does not fit
  charge: async () => ({ chargeId: 1 }),
  refund: async ({ key }) => key,
});

implementActivities(payments, {
  charge: async () => ({ chargeId: "1" }),
  // @ts-expect-error there is no such member in the input
  refund: async ({ chargeId }) => chargeId,
});

implementActivities(payments, {
  charge: async () => ({ chargeId: "1" }),
  refund: async ({ key }) => key,
  // @ts-expect-error there is no such activity
  capture: async () => "1",
});

mock(payments, { refund: async () => "1" });
// @ts-expect-error the output of a mock does not fit
mock(payments, { refund: async () => 1 });
// @ts-expect-error there is no such activity to mock
mock(payments, { capture: async () => "1" });

// @ts-expect-error the data of a declared error does not fit
payments.errors.Declined({ reason: 1 });
// @ts-expect-error a declared error has its data
payments.errors.Declined();
// @ts-expect-error the data of a retryable error does not fit
payments.errors.Busy({});
// @ts-expect-error there is no such error
payments.errors.Broken({});
// @ts-expect-error the data of a workflow's error does not fit
order.errors.NotApproved({ reason: "no" });

export const told = (error: unknown) => {
  // @ts-expect-error nobody knows what was thrown
  if (error.data.reason) return "";
  if (payments.errors.Busy.is(error)) return error.data.retryAfterSeconds.toFixed(0);
  // @ts-expect-error the error has other data
  if (payments.errors.Declined.is(error)) return error.data.retryAfterSeconds;
  return undefined;
};
