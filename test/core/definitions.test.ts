import assert from "node:assert/strict";
import { describe, test } from "node:test";
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

test("a recursive schema is taken, and one that is defined further down is not looked at too early", () => {
  const Tree = z.object({
    name: z.string(),
    get children() {
      return z.array(Tree);
    },
  });
  const Chain = z.object({ next: z.lazy((): z.ZodType => Chain).optional() });
  const unread = z.lazy((): z.ZodType => Later);
  assert.ok(defineWorkflow("plant", { input: z.object({ Tree, Chain, unread }), output: z.json() }));
  const Later = z.string();
});

describe("names that mean something already are refused", () => {
  const bound = { ...io, attemptTimeout: "1s" } as const;
  const cases: Readonly<Record<string, () => unknown>> = {
    "a workflow __mine": () => defineWorkflow("__mine", io),
    "a workflow tenutoOwn": () => defineWorkflow("tenutoOwn", io),
    "a signal __go": () => defineWorkflow("w", { ...io, signals: { __go: z.string() } }),
    "a query __stack_trace": () => defineWorkflow("w", { ...io, queries: { __stack_trace: io } }),
    "an update tenuto-x": () => defineWorkflow("w", { ...io, updates: { "tenuto-x": io } }),
    "an activity tenutoDo": () => defineActivities("a", { tenutoDo: bound }),
    "an error Timeout": () => defineActivities("a", { b: { ...bound, errors: { Timeout: z.string() } } }),
    "a retryable WorkerLost": () => defineActivities("a", { b: { ...bound, retryable: { WorkerLost: z.string() } } }),
    "an error of a workflow TypeError": () => defineWorkflow("w", { ...io, errors: { TypeError: z.string() } }),
  };
  for (const [what, define] of Object.entries(cases)) {
    test(what, () => {
      assert.throws(define, refusedWith(/reserved/));
    });
  }

  test("an error both declared and retryable, also by two activities of a set", () => {
    const define = () =>
      defineActivities("a", {
        b: { ...bound, errors: { Busy: z.string() } },
        c: { ...bound, retryable: { Busy: z.string() } },
      });
    assert.throws(define, refusedWith(/"Busy" of activities "a".*in `errors` and in `retryable`/));
  });

  test("but two activities may declare the same error", () => {
    const Busy = z.object({ until: z.string() });
    const set = defineActivities("a", { b: { ...bound, errors: { Busy } }, c: { ...bound, errors: { Busy } } });
    assert.ok(set.errors.Busy.is(set.errors.Busy({ until: "noon" })));
  });
});

describe("durations and rules that can't mean anything are refused, by name", () => {
  const define = (definition: object) => () =>
    defineActivities("mail", { send: { ...io, attemptTimeout: "1s", ...definition } });
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ attemptTimeout: "0s" }, /`attemptTimeout` of activity "mail.send".*got "0s"/],
    [{ attemptTimeout: "Infinitys" }, /`attemptTimeout`.*got "Infinitys"/],
    [{ attemptTimeout: `${"9".repeat(400)}d` }, /`attemptTimeout`/],
    [{ attemptTimeout: "25d" }, /`attemptTimeout`.*"24d" at most/],
    [{ attemptTimeout: 10 }, /`attemptTimeout`.*got 10/],
    [{ settle: "later" }, /`settle` of activity "mail.send"/],
    [{ retry: { firstWait: "0ms" } }, /`firstWait` of activity "mail.send"/],
    [{ retry: { jitter: 2 } }, /`jitter` of activity "mail.send".*share/],
    [{ retry: { on: { Broken: {} } } }, /`retry.on.Broken`.*Timeout, WorkerLost, or declare/],
    [{ errors: { No: z.string() }, retry: { on: { No: {} } } }, /`retry.on.No`.*in `errors`/],
    [{ retry: { on: { Timeout: { retries: 6 } } } }, /`retries` of `on.Timeout`.*ends after 5/],
    [{ retry: { on: { Timeout: { never: true, retries: 1 } } } }, /`never` of `on.Timeout`/],
    [{ retry: { on: { Timeout: { wait: "retry-after" } } } }, /a timeout has no data/i],
    [{ retry: { on: { WorkerLost: { retries: 2 } } } }, /`retry.on.WorkerLost`.*never: true/],
    [{ retry: { on: { WorkerLost: { wait: "3s" } } } }, /`retry.on.WorkerLost`/],
    [{ totalTimeout: "36s" }, /`totalTimeout` of activity "mail.send".*can take 37 s/],
    [{ totalTimeout: "45s", retry: { retries: 1, on: { Timeout: { wait: "1m" } } } }, /`totalTimeout`.*can take 62 s/],
  ];
  for (const [definition, says] of cases) {
    test(JSON.stringify(definition).slice(0, 80), () => {
      assert.throws(define(definition), refusedWith(says));
    });
  }

  test("but bounds that hold are taken", () => {
    const define = () =>
      defineActivities("mail", {
        send: {
          ...io,
          attemptTimeout: "1s",
          totalTimeout: "37s",
          retryable: { Busy: z.object({ retryAfterSeconds: z.number() }) },
          retry: { on: { Busy: { wait: "retry-after" }, WorkerLost: { never: true }, Timeout: { retries: 2 } } },
        },
      });
    assert.doesNotThrow(define);
  });

  test("an SLA of a workflow is kept, unless it is none", () => {
    assert.equal(defineWorkflow("w", { ...io, sla: "10m" }).sla, "10m");
    assert.throws(() => defineWorkflow("w", { ...io, sla: "0s" }), refusedWith(/`sla` of workflow "w"/));
  });
});

describe("types that JSON can't carry are refused, with the place and what to use", () => {
  const wrong: Readonly<Record<string, z.ZodType>> = {
    date: z.date(),
    "coerced date": z.coerce.date(),
    bigint: z.bigint(),
    map: z.map(z.string(), z.string()),
    set: z.set(z.string()),
    nan: z.nan(),
    symbol: z.symbol(),
    undefined: z.undefined(),
    void: z.void(),
    function: z.function(),
    file: z.file(),
    promise: z.promise(z.string()),
    "bigint literal": z.literal(1n),
    "codec to a date": z.codec(z.iso.datetime(), z.date(), {
      decode: (s) => new Date(s),
      encode: (d) => d.toISOString(),
    }),
    "nested deep": z.record(z.string(), z.tuple([z.union([z.string(), z.array(z.date()).nullable()])])),
    "in a lazy": z.lazy(() => z.object({ at: z.date().default(new Date(0)) })),
  };
  for (const [name, schema] of Object.entries(wrong)) {
    test(name, () => {
      const field = z.object({ field: schema });
      const says = /\/field.* in The input of workflow "w".*JSON can't carry/;
      assert.throws(() => defineWorkflow("w", { ...io, input: field }), refusedWith(says));
    });
  }

  const places: Readonly<Record<string, (schema: z.ZodType) => unknown>> = {
    "The output of workflow": (output) => defineWorkflow("w", { ...io, output }),
    'error "E" of workflow': (E) => defineWorkflow("w", { ...io, errors: { E } }),
    'signal "s" of workflow': (s) => defineWorkflow("w", { ...io, signals: { s } }),
    'input of query "q" of workflow': (input) => defineWorkflow("w", { ...io, queries: { q: { ...io, input } } }),
    'output of update "u" of workflow': (output) => defineWorkflow("w", { ...io, updates: { u: { ...io, output } } }),
    "The input of activity": (input) => defineActivities("a", { b: { ...io, input, attemptTimeout: "1s" } }),
    "The output of activity": (output) => defineActivities("a", { b: { ...io, output, attemptTimeout: "1s" } }),
    'retryable error "R" of activity': (R) =>
      defineActivities("a", { b: { ...io, retryable: { R }, attemptTimeout: "1s" } }),
  };
  for (const [place, define] of Object.entries(places)) {
    test(place, () => {
      assert.throws(() => define(z.date()), refusedWith(new RegExp(place)));
    });
  }

  test("what an activity's code gives may be anything, as long as its output schema makes JSON of it", () => {
    const output = z.date().transform(String).pipe(z.string());
    assert.doesNotThrow(() => defineActivities("a", { b: { ...io, output, attemptTimeout: "1s" } }));
    assert.throws(() => defineWorkflow("w", { ...io, input: output }), refusedWith(/z.date/));
  });

  test("data of an error can't be transformed: nobody parses it on the way", () => {
    const E = z.object({ cents: z.string().transform(Number) });
    assert.throws(() => defineWorkflow("w", { ...io, errors: { E } }), refusedWith(/\/cents.*transformation/));
  });

  test("a schema that makes new schemas for ever ends", () => {
    const endless = (): z.ZodType => z.object({ next: z.lazy(endless) });
    assert.doesNotThrow(() => defineWorkflow("w", { ...io, input: endless() }));
  });
});
