import {
  alertStatuses,
  type AlertSeverity,
  batchActions,
  batchOutcomes,
  batchStatuses,
  deadLetterKinds,
  deadLetterStatuses,
  errorGroupStatuses,
  type Duration,
  isTenantName,
  type RedriveMode,
  type RunMark,
} from "tenuto";
import { runStatuses } from "tenuto/client";
import { z } from "zod";
import { LaneBody } from "./lane-schemas.ts";

export const text = z.string({ error: "Give it once, as text" });

/** A whole number in a query, where everything is text. */
export const wholeNumber = (least: number, most: number) =>
  text
    .regex(/^\d{1,6}$/, `A whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `A whole number from ${least} to ${most}`)
    .meta({ type: "integer", minimum: least, maximum: most, pattern: undefined });

export const instant = z.iso
  .datetime({ offset: true, error: "A time such as 2026-01-31T09:30:00Z" })
  .transform((value) => new Date(value))
  .refine((value) => !Number.isNaN(value.getTime()), "A time such as 2026-01-31T09:30:00Z");

const durationForm = /^\d{1,9}(\.\d{1,3})?(ms|s|m|h|d)$/;
export const durationText = z
  .custom<Duration>((value) => typeof value === "string" && durationForm.test(value), {
    error: 'A number and a unit, such as "500ms", "10s", "2m", "1h" or "2d"',
  })
  .meta({ type: "string", pattern: durationForm.source });
const duration = durationText.optional();

export const Nothing = z.strictObject({});
export const TypeParams = z.object({ type: z.string() });
export const RunParams = z.object({ workflowId: z.string() });
/** Of a signal, a query or an update. */
export const MessageParams = z.object({ workflowId: z.string(), name: z.string() });
export const UpdateParams = z.object({ workflowId: z.string(), name: z.string(), updateId: z.string() });

export const RunQuery = z.strictObject({ runId: text.optional() });
export const ResultQuery = z.strictObject({ runId: text.optional(), wait: wholeNumber(0, 60).default(0) });
const runMarks = ["parked", "paused", "partial", "waiting"] as const satisfies RunMark[];
export const ListQuery = z.strictObject({
  type: text.max(255).optional(),
  status: z.enum(runStatuses, { error: `One of ${runStatuses.join(", ")}` }).optional(),
  state: text.max(1_000).optional().describe("The path of a state that the run's state machine is in, or ended in"),
  machine: z
    .literal("true", { error: "Only true" })
    .transform(() => true)
    .optional()
    .describe("Only runs that have a state machine"),
  mark: z.enum(runMarks, { error: `One of ${runMarks.join(", ")}` }).optional(),
  startedAfter: instant.optional(),
  startedBefore: instant.optional(),
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
});

export const CountQuery = ListQuery.omit({ limit: true, cursor: true });

/** What is sent together with a start. */
const StartMessage = z.strictObject({ name: z.string().min(1), input: z.unknown().optional() });

export const StartBody = z.strictObject({
  // Whether it may be left out is for the contract to say.
  input: z.unknown().optional(),
  workflowId: z.string().optional(),
  delay: duration,
  lane: LaneBody.optional(),
  signal: StartMessage.optional(),
  update: StartMessage.optional(),
});
/** What a signal, a query or an update carries. */
export const MessageBody = z.strictObject({ input: z.unknown().optional() });

export const reason = z.string({ error: "Say why" }).trim().regex(/\S/, "Say why").max(1_000);
/** What an operator says who cancels, pauses, resumes or discards. */
export const ReasonBody = z.strictObject({ reason });
export const SkipBody = z.strictObject({
  step: z.string().min(1, 'The activity\'s type, such as "payments.chargeCard"'),
  key: z.string().optional(),
  // Whether it may be left out is for the contract to say.
  output: z.unknown().optional(),
  reason,
});

export const redriveModes = ["continue", "restart", "compensate", "fail"] as const satisfies readonly RedriveMode[];

export const DeadLetterParams = z.object({ id: z.string() });
export const DeadLetterListQuery = z.strictObject({
  type: text.max(255).optional(),
  step: text.max(255).optional(),
  fingerprint: text.max(64).optional(),
  kind: z.enum(deadLetterKinds, { error: `One of ${deadLetterKinds.join(", ")}` }).optional(),
  status: z.enum(deadLetterStatuses, { error: `One of ${deadLetterStatuses.join(", ")}` }).optional(),
  since: instant.optional(),
  until: instant.optional(),
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
});
export const RedriveBody = z.strictObject({
  mode: z.enum(redriveModes, { error: `One of ${redriveModes.join(", ")}` }).optional(),
  incidentId: z.string().optional(),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  confirmNoEffect: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  reason,
});

export const NoteBody = z.strictObject({
  note: z.string({ error: "Say what is to be known" }).trim().min(1, "Say what is to be known").max(2_000),
});

export const ErrorGroupParams = z.object({ fingerprint: z.string() });
export const tenant = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "The name of a tenant")
  .refine(isTenantName, "The name of a tenant")
  .optional();
/** Whose, for who has no tenant. */
export const TenantQuery = z.strictObject({ tenant });
const groupSorts = ["lastSeen", "count", "lastHour"] as const;
export const ErrorGroupListQuery = z.strictObject({
  type: text.max(255).optional(),
  step: text.max(255).optional(),
  status: z.enum(errorGroupStatuses, { error: `One of ${errorGroupStatuses.join(", ")}` }).optional(),
  assignee: text.max(255).optional(),
  since: instant.optional(),
  sort: z.enum(groupSorts, { error: `One of ${groupSorts.join(", ")}` }).optional(),
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
  tenant,
});
const failures = z.int({ error: "A whole number from 1" }).min(1, "A whole number from 1").max(1_000_000_000);
export const IgnoreBody = z.strictObject({
  until: z
    .strictObject({
      at: z.iso.datetime({ offset: true, error: "A time such as 2026-01-31T09:30:00Z" }).optional(),
      count: failures.optional(),
      perHour: failures.optional(),
    })
    .optional(),
  reason,
});
export const AssignBody = z.strictObject({
  assignee: z.string({ error: "Who takes it, or null" }).trim().min(1, "Who takes it, or null").max(255).nullable(),
});

export const AlertParams = z.object({ id: z.string() });
export const EventWindowListQuery = z.strictObject({
  source: text.max(255).optional().describe("The name of the source whose events they gather"),
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
  tenant,
});
export const AlertListQuery = z.strictObject({
  status: z.enum(alertStatuses, { error: `One of ${alertStatuses.join(", ")}` }).optional(),
  rule: text.optional(),
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
});

export const BatchParams = z.object({ id: z.string() });
export const BatchListQuery = z.strictObject({
  status: z.enum(batchStatuses, { error: `One of ${batchStatuses.join(", ")}` }).optional(),
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
});
export const BatchItemsQuery = z.strictObject({
  outcome: z.enum(batchOutcomes, { error: `One of ${batchOutcomes.join(", ")}` }).optional(),
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
});

const when = z.iso.datetime({ offset: true, error: "A time such as 2026-01-31T09:30:00Z" });

export const BatchBody = z.strictObject({
  action: z.enum(batchActions, { error: `One of ${batchActions.join(", ")}` }),
  filter: z.strictObject({
    ids: z.array(z.string().min(1).max(255)).min(1).max(1_000, "At most 1,000 ids").optional(),
    all: z.literal(true, { error: "Only true" }).optional(),
    type: z.string().min(1).max(255).optional(),
    step: z.string().min(1).max(255).optional(),
    fingerprint: z.string().min(1).max(64).optional(),
    kind: z.enum(deadLetterKinds, { error: `One of ${deadLetterKinds.join(", ")}` }).optional(),
    error: z.string().min(1).max(255).optional(),
    mark: z.enum(runMarks, { error: `One of ${runMarks.join(", ")}` }).optional(),
    since: when.optional(),
    until: when.optional(),
  }),
  reason,
  mode: z.enum(redriveModes, { error: `One of ${redriveModes.join(", ")}` }).optional(),
  signal: StartMessage.optional(),
  ratePerSecond: z.number().min(0.1).max(100).optional(),
  dryRun: z.boolean().optional(),
});

export const AlertRuleParams = z.object({ id: z.string() });

const milliseconds = z.int("A whole number of milliseconds").min(0).max(2_592_000_000);
const named = z.string().min(1).max(255);
const many = z.int().min(0).max(100_000_000);
const ofType = { type: named.optional() };
const channels = z.array(z.string().min(1).max(64)).min(1, "Name a channel, such as log").max(10);
const about = <Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind), ...ofType });

export const AlertConditionBody = z.discriminatedUnion("kind", [
  about("groupNew"),
  about("groupRegressed"),
  about("stuckRun"),
  about("undoParked"),
  about("sagaPartial"),
  z.strictObject({
    kind: z.literal("failures"),
    ...ofType,
    count: z.int().min(1).max(1_000_000),
    windowMs: milliseconds,
  }),
  z.strictObject({
    kind: z.literal("failureRate"),
    ...ofType,
    abovePercent: z.number().min(0).lt(100),
    windowMs: milliseconds,
    minRuns: z.int().min(1).max(1_000_000),
  }),
  z.strictObject({ kind: z.literal("lettersOlder"), ...ofType, olderThanMs: milliseconds }),
  z.strictObject({ kind: z.literal("noPoller"), forMs: milliseconds }),
  z.strictObject({ kind: z.literal("slaBreach"), ...ofType, windowMs: milliseconds }),
  z.strictObject({
    kind: z.literal("latency"),
    type: named,
    percentile: z.number().min(1).lt(100),
    aboveMs: milliseconds,
    windowMs: milliseconds,
    minRuns: z.int().min(1).max(1_000_000),
  }),
  z.strictObject({ kind: z.literal("backlog"), queue: named.optional(), above: many }),
  z.strictObject({ kind: z.literal("oldestTask"), queue: named.optional(), olderThanMs: milliseconds }),
  z.strictObject({ kind: z.literal("humanTasksOlder"), ...ofType, olderThanMs: milliseconds }),
  z.strictObject({ kind: z.literal("sourceLag"), source: named.optional(), above: many }),
]);

export const alertSeverities = ["info", "warning", "error", "critical"] as const satisfies readonly AlertSeverity[];

const AlertRuleMembers = z.strictObject({
  title: z.string().min(1).max(200),
  condition: AlertConditionBody,
  severity: z.enum(alertSeverities, { error: `One of ${alertSeverities.join(", ")}` }),
  channels,
  coolDownMs: milliseconds.optional(),
  escalation: z.strictObject({ afterMs: milliseconds, channels }).optional(),
  isEnabled: z.boolean().default(true),
});
/** A rule whose id is in the path. */
export const AlertRuleBody = AlertRuleMembers.extend({ reason });
/** Without a condition, that of the rule which is kept. */
export const AlertRuleTrialBody = AlertRuleMembers.pick({ title: true, condition: true }).partial();

/** Of what is done once. */
export const KeyHeaders = z.object({
  "idempotency-key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "1 to 255 visible ASCII characters, no space")
    .optional(),
});

const base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]*={0,2}$/, "Base64")
  .meta({ contentEncoding: "base64" });
const payload = z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() });
/** Payloads in Temporal's JSON. What else stands there is passed over, as another version of Temporal may send it. */
export const CodecBody = z.object({ payloads: z.array(payload).max(1_000) });
/** Temporal's Web UI adds parameters of its own, such as `preserveStorageRefs`. */
export const CodecQuery = z.looseObject({});
/** The namespace that a payload is of, which changes nothing here. */
export const CodecHeaders = z.object({ "x-namespace": z.string().optional() });

export const AuditQuery = z.strictObject({
  actor: text.optional(),
  since: instant.optional(),
  tenant,
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
});

/** Of a stream that goes on where an earlier one was cut. */
export const EventHeaders = z.object({ "last-event-id": z.string().max(100).optional() });
/** Signing in; the key may be a Bearer, too. */
export const SessionBody = z.strictObject({ key: z.string().max(4_096).optional() });
export const SessionHeaders = z.object({
  authorization: z.string().optional(),
  cookie: z.string().optional(),
  host: z.string().optional(),
});

/** Of what is done once and may be waited for. */
export const OnceHeaders = KeyHeaders.extend({
  // By RFC 7240 a preference that can't be read is passed over.
  prefer: z
    .string()
    .transform((value) => /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(value)?.[1])
    .transform((seconds) => (seconds === undefined ? undefined : Math.min(Number(seconds), 60)))
    .optional(),
});
