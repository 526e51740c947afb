// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- What does not compile has no type. */
import type { WorkflowOf } from "tenuto";
import {
  activities,
  continueAsNew,
  inParallel,
  onQuery,
  onUpdate,
  runChild,
  saga,
  signals,
  startChild,
} from "tenuto/workflow";
import { charge, order, payments } from "./contracts.ts";

declare const use: (value: unknown) => void;

const pay = activities(payments);

export const fits: WorkflowOf<typeof order> = async ({ quantity }) => {
  const { chargeId } = await pay.charge({ ...charge, cents: quantity });
  const answer = await signals(order).approve.receive();
  return { done: answer.approved && chargeId !== "" };
};

// @ts-expect-error the function takes something else
export const takesSomethingElse: WorkflowOf<typeof order> = async ({ id }: { id: number }) => ({ done: id === 1 });
// @ts-expect-error the function gives something else
export const givesSomethingElse: WorkflowOf<typeof order> = async () => ({ done: "yes" });
// @ts-expect-error the function gives nothing
export const givesNothing: WorkflowOf<typeof order> = async () => undefined;
// @ts-expect-error the function wants more than a start has
export const wantsMore: WorkflowOf<typeof order> = async (_order, _context: string) => ({ done: true });

export const steps = async () => {
  // @ts-expect-error the input of a step does not fit
  await pay.charge({ ...charge, cents: "1" });
  // @ts-expect-error a step needs its input
  await pay.charge();
  // @ts-expect-error there is no such activity
  await pay.capture(charge);
  // @ts-expect-error there is no such member in the output
  use((await pay.charge(charge)).refundId);
  await saga(async ({ step }) => {
    // @ts-expect-error the input of a step of a saga does not fit
    await step(pay.refund, { key: 1 }, async () => undefined);
    // @ts-expect-error a step of a saga says how it is undone
    await step(pay.refund, { key: "1" });
    await step(pay.charge, charge, async ({ outcome, output, key }) => {
      // @ts-expect-error of an unknown outcome there is no output
      await pay.refund({ key: output.chargeId });
      if (outcome === "done") await pay.refund({ key: output.chargeId });
      await pay.refund({ key });
    });
  });
  await inParallel([charge], { limit: 2 }, (each) => pay.charge(each));
  // @ts-expect-error a limit is given
  await inParallel([charge], {}, (each) => pay.charge(each));
};

export const received = async () => {
  const { approve } = signals(order);
  const answer = await approve.receive();
  // @ts-expect-error there is no such member in the payload
  use(answer.by);
  const inTime = await approve.receive({ within: "1d" });
  // @ts-expect-error nobody may have answered in time
  use(inTime.approved);
  // @ts-expect-error there is no such signal
  await signals(order).reject.receive();
  // @ts-expect-error a duration has a unit
  await approve.receive({ within: "1" });
};

onQuery(order, { status: () => "open" });
onUpdate(order, { change: async ({ quantity }) => ({ was: quantity }) });
// @ts-expect-error the answer of a query does not fit
onQuery(order, { status: () => "closed" });
// @ts-expect-error a query has no function
onQuery(order, {});
// @ts-expect-error a query doesn't wait
onQuery(order, { status: async () => "open" as const });
// @ts-expect-error the answer of an update does not fit
onUpdate(order, { change: async ({ quantity }) => ({ was: String(quantity) }) });

export const children = async () => {
  const { done } = await runChild(order, { id: "1", quantity: 2 });
  // @ts-expect-error the input of a child does not fit
  await runChild(order, { id: 1, quantity: 2 });
  // @ts-expect-error nobody parses the input of a child, so there are no defaults
  await startChild(order, { id: "1" });
  // @ts-expect-error the input of the next run does not fit
  await continueAsNew(order, { quantity: 2 });
  return done;
};
