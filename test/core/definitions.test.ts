import assert from "node:assert/strict";
import { test } from "node:test";
import { defineActivities, defineApp, defineWorkflow, InvalidDefinition, isDeclaredError } from "tenuto";
import { z } from "zod";

const io = { input: z.string(), output: z.string() };

function refusedWith(says: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof InvalidDefinition && says.test(error.message);
}

test("an activity without a bound on its attempts is refused, by name", () => {
  const unbounded = { send: io } as unknown as { send: typeof io & { attemptTimeout: "1s" } };
  assert.throws(() => defineActivities("mail", unbounded), refusedWith(/`attemptTimeout` of activity "mail.send"/));
});

test("a name that Temporal or a URL would stumble over is refused", () => {
  assert.throws(() => defineWorkflow("ful fill", io), refusedWith(/got "ful fill"/));
  assert.throws(() => defineActivities("a/b", {}), refusedWith(/got "a\/b"/));
});

test("two workflows of one name are refused", () => {
  const twice = defineWorkflow("twice", io);
  assert.throws(() => defineApp({ name: "app", workflows: [twice, twice], activities: [] }), refusedWith(/twice/));
});

test("a declared error is told from others by its contract, also across copies of the package", () => {
  const pay = defineActivities("pay", {
    charge: { ...io, attemptTimeout: "1s", errors: { Declined: z.object({ reason: z.string() }) } },
    refund: { ...io, attemptTimeout: "1s", errors: { TooLate: z.object({ days: z.number() }) } },
  });
  const declined = pay.errors.Declined({ reason: "limit" });
  assert.ok(pay.errors.Declined.is(declined));
  assert.ok(!pay.errors.TooLate.is(declined));
  assert.ok(!pay.errors.Declined.is(new Error("Declined")));
  const fromAnotherCopy = Object.assign(new Error("x"), { name: "DeclaredError", type: "Declined", data: {} });
  assert.ok(isDeclaredError(fromAnotherCopy));
  assert.equal(declined.data.reason, "limit");
});
