// Compiled by `npx tsc --noEmit`, never run: each line below an @ts-expect-error must not compile.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- What does not compile has no type. */
import { defineActivities, defineWorkflow, type WorkflowOf } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { activities, saga, signals } from "tenuto/workflow";
import { z } from "zod";

const payments = defineActivities("payments", {
  charge: {
    input: z.object({ cents: z.number(), card: z.string(), payer: z.object({ iban: z.string() }) }),
    output: z.object({ chargeId: z.string() }),
    errors: { Declined: z.object({ reason: z.string() }) },
    retryable: { Busy: z.object({ retryAfterSeconds: z.number() }) },
    retry: { on: { Busy: { wait: "retry-after" }, Timeout: { retries: 2 }, WorkerLost: { never: true } } },
    redact: ["card", "iban", "chargeId"],
    attemptTimeout: "10s",
  },
  refund: { input: z.object({ key: z.string() }), output: z.string(), attemptTimeout: "10s" },
});

const order = defineWorkflow("order", {
  input: z.object({ id: z.string(), quantity: z.number().default(1) }),
  output: z.object({ done: z.boolean() }),
  errors: { NotApproved: z.object({ by: z.string() }) },
  signals: { approve: z.object({ approved: z.boolean() }) },
  sla: "10m",
  redact: ["id", "approved"],
});

const input = { cents: 1, card: "4242", payer: { iban: "DE" } };

export const fits: WorkflowOf<typeof order> = async ({ quantity }) => {
  const pay = activities(payments);
  const { chargeId } = await pay.charge({ ...input, cents: quantity });
  const answer = await signals(order).approve.receive();
  return { done: answer.approved && chargeId !== "" };
};

export const wrongInput = async () => {
  // @ts-expect-error the input of a step does not fit
  await activities(payments).charge({ ...input, cents: "1" });
  // @ts-expect-error there is no such activity
  await activities(payments).capture(input);
  await saga(async ({ step }) => {
    // @ts-expect-error the input of a step of a saga does not fit
    await step(activities(payments).refund, { key: 1 }, async () => undefined);
  });
};

export const wrongSignal = async () => {
  const answer = await signals(order).approve.receive();
  // @ts-expect-error there is no such member in the payload
  const by: string = answer.by;
  // @ts-expect-error there is no such signal
  await signals(order).reject.receive();
  return by;
};

// @ts-expect-error an activity has no function
implementActivities(payments, { charge: async () => ({ chargeId: "1" }) });

implementActivities(payments, {
  // @ts-expect-error the output does not fit
  charge: async () => ({ chargeId: 1 }),
  refund: async ({ key }) => key,
});

// @ts-expect-error the data of a declared error does not fit
payments.errors.Declined({ reason: 1 });
// @ts-expect-error the data of a retryable error does not fit
payments.errors.Busy({});
// @ts-expect-error there is no such error
payments.errors.Broken({});
// @ts-expect-error the data of a workflow's error does not fit
order.errors.NotApproved({ reason: "no" });

// @ts-expect-error the function takes something else
export const takesSomethingElse: WorkflowOf<typeof order> = async ({ id }: { id: number }) => ({ done: id === 1 });
// @ts-expect-error the function gives something else
export const givesSomethingElse: WorkflowOf<typeof order> = async () => ({ done: "yes" });

const io = { input: z.object({ card: z.string() }), output: z.string() };

// @ts-expect-error an attempt is not bounded
defineActivities("mail", { send: io });
// @ts-expect-error a rule is for a failure that nobody declares
defineActivities("mail", { send: { ...io, attemptTimeout: "1s", retry: { on: { Broken: { never: true } } } } });
// @ts-expect-error there is no such field to redact
defineActivities("mail", { send: { ...io, attemptTimeout: "1s", redact: ["cardd"] } });
// @ts-expect-error there is no such field to redact
defineWorkflow("mail", { ...io, redact: ["cardd"] });
// @ts-expect-error a duration has a unit
defineActivities("mail", { send: { ...io, attemptTimeout: "10" } });
