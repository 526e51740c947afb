// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.
import { defineActivities, defineWorkflow } from "tenuto";
import { z } from "zod";

const io = { input: z.object({ card: z.string() }), output: z.string() };
const step = { ...io, attemptTimeout: "1s" } as const;

defineActivities("mail", { send: { ...step, retry: { retries: 3, on: { Timeout: { wait: "2m" } } } } });

// @ts-expect-error an attempt is not bounded
defineActivities("mail", { send: io });
// @ts-expect-error a duration has a unit
defineActivities("mail", { send: { ...io, attemptTimeout: "10" } });
// @ts-expect-error a duration has a unit that there is
defineActivities("mail", { send: { ...io, attemptTimeout: "10 seconds" } });
// @ts-expect-error a rule is for a failure that nobody declares
defineActivities("mail", { send: { ...step, retry: { on: { Broken: { never: true } } } } });
// @ts-expect-error a declared error is never retried
defineActivities("mail", { send: { ...step, errors: { Bounced: z.object({}) }, retry: { on: { Bounced: {} } } } });
// @ts-expect-error there is no such wait
defineActivities("mail", { send: { ...step, retry: { on: { Timeout: { wait: "retry-later" } } } } });
// @ts-expect-error there is no such field to redact
defineActivities("mail", { send: { ...step, redact: ["cardd"] } });
// @ts-expect-error nothing else can be done with an exhausted step
defineActivities("mail", { send: { ...step, onExhausted: "retry" } });

// @ts-expect-error there is no such field to redact
defineWorkflow("mail", { ...io, redact: ["cardd"] });
// @ts-expect-error there is no such intent
defineWorkflow("mail", { ...io, idempotency: "REJECT_DUPLICATE" });
// @ts-expect-error the id is made from what the input has
defineWorkflow("mail", { ...io, workflowId: ({ orderId }) => String(orderId) });
// @ts-expect-error an SLA is a duration
defineWorkflow("mail", { ...io, sla: 600 });
// @ts-expect-error a workflow has an output
defineWorkflow("mail", { input: io.input });
