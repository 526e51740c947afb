// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.

import type { TenutoClient } from "tenuto/client";
import { order } from "./contracts.ts";

declare const use: (value: unknown) => void;

declare const client: TenutoClient;

export const started = async () => {
  const run = await client.start(order, { id: "1" }, { idempotencyKey: "o-1", delay: "10s" });
  const { done } = await run.value({ waitMs: 1_000 });
  // @ts-expect-error the input of a start does not fit
  await client.start(order, { id: 1 });
  // @ts-expect-error a start needs its input
  await client.start(order);
  // @ts-expect-error a delay is a duration
  await client.start(order, { id: "1" }, { delay: 10 });
  // @ts-expect-error there is no such member in the result
  use((await run.value()).chargeId);
  return done;
};

export const told = async () => {
  const run = client.run(order, "order-1");
  await run.signal("approve", { approved: true });
  // @ts-expect-error the payload of a signal does not fit
  await run.signal("approve", { approved: "yes" });
  // @ts-expect-error a signal needs its payload
  await run.signal("approve");
  // @ts-expect-error there is no such signal
  await run.signal("reject", { approved: false });
};

export const asked = async () => {
  const run = client.run(order, "order-1");
  const status: "open" | "done" = await run.query("status", undefined);
  const { was } = await run.update("change", { quantity: 2 }, { updateId: "u-1" });
  // @ts-expect-error there is no such query
  await run.query("state", undefined);
  // @ts-expect-error the input of an update does not fit
  await run.update("change", { quantity: "2" });
  // @ts-expect-error there is no such member in the answer
  use((await run.update("change", { quantity: 2 })).is);
  const { result } = await run.result();
  // @ts-expect-error a run that goes on has no result
  use(result.done);
  return [status, was, result?.done];
};

export const decided = async () => {
  await client.decide("order-1", { action: "retry", reason: "the provider is back" });
  // @ts-expect-error a decision has a reason
  await client.decide("order-1", { action: "retry" });
  await client.decide("order-1", { action: "retry", input: { cents: 1 }, confirmNoEffect: true, reason: "a typo" });
  // @ts-expect-error other input needs the confirmation that the attempts so far had no effect
  await client.decide("order-1", { action: "retry", input: { cents: 1 }, reason: "a typo" });
  // @ts-expect-error a step that fails has no output
  await client.decide("order-1", { action: "fail", output: { chargeId: "c" }, reason: "no" });
  // @ts-expect-error what was done by hand has an output
  await client.decide("order-1", { action: "complete", reason: "by phone" });
};
