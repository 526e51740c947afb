import type { AlertCondition, AlertSeverity } from "tenuto";
import { durationSchema } from "../schema-form/duration-text.ts";
import type { JsonSchema } from "../schema-form/json-schema.ts";
import { variant, type Variant } from "../schema-form/variant-field.tsx";

const text = (title: string, description?: string): JsonSchema => ({
  ...{ type: "string", title, minLength: 1, maxLength: 255 },
  ...(description !== undefined && { description }),
});
const number = (title: string, minimum: number, maximum: number, initial?: number): JsonSchema => ({
  ...{ type: "integer", title, minimum, maximum },
  ...(initial !== undefined && { default: initial }),
});

const ofType = { type: text("Of the workflow type", "Left empty, of all.") };
const within = { windowMs: durationSchema("Within", "10m") };
const olderThan = { olderThanMs: durationSchema("For more than", "5m") };
const onQueue = { queue: text("On the task queue", "Left empty, on any.") };
const minRuns = { minRuns: number("Of at least so many runs", 1, 1_000_000, 20) };

/** What a rule may look for. */
export const conditionVariants: Readonly<Record<AlertCondition["kind"], Variant>> = {
  failures: variant("Many failures", { count: number("So many", 1, 1_000_000, 20), ...within }, ofType),
  failureRate: variant(
    "A share of runs fails",
    {
      abovePercent: { type: "number", title: "More percent than", minimum: 0, maximum: 99.99, default: 5 },
      ...within,
      ...minRuns,
    },
    ofType,
  ),
  latency: variant("Runs are slow", {
    type: text("Of the workflow type"),
    percentile: { type: "number", title: "Percentile", minimum: 1, maximum: 99.99, default: 95 },
    aboveMs: durationSchema("Takes more than", "5m"),
    ...within,
    ...minRuns,
  }),
  slaBreach: variant("Runs take longer than their SLA", within, ofType),
  lettersOlder: variant("Dead letters stay open", olderThan, ofType),
  humanTasksOlder: variant("Human tasks stay open", olderThan, { type: text("Of the kind", "Left empty, of all.") }),
  backlog: variant("Work piles up", { above: number("More tasks than", 0, 100_000_000, 1_000) }, onQueue),
  oldestTask: variant("Work waits long", olderThan, onQueue),
  noPoller: variant("No worker polls", { forMs: durationSchema("For", "2m") }),
  sourceLag: variant(
    "An event source lags",
    { above: number("More events than", 0, 100_000_000, 1_000) },
    { source: text("Of the source", "Left empty, of any.") },
  ),
  stuckRun: variant("A run is stuck", {}, ofType),
  undoParked: variant("An undo is parked", {}, ofType),
  sagaPartial: variant("An undo was given up", {}, ofType),
  groupNew: variant("A new kind of failure", {}, ofType),
  groupRegressed: variant("A kind of failure is back", {}, ofType),
};

const severities: Readonly<Record<AlertSeverity, true>> = { info: true, warning: true, error: true, critical: true };

const channels = (title: string): JsonSchema => ({
  ...{ type: "array", title },
  items: { type: "string", minLength: 1, maxLength: 64 },
});

/** All else that a rule says. */
export const ruleSchema: JsonSchema = {
  type: "object",
  properties: {
    title: { ...text("Title"), maxLength: 200 },
    severity: { title: "Severity", enum: Object.keys(severities), default: "error" },
    channels: { ...channels("Channels that are told"), default: ["log"] },
    coolDownMs: { ...durationSchema("Not told again for"), description: "After it was over; 15m if left empty." },
    escalation: {
      type: "object",
      title: "When nobody takes it on",
      properties: { afterMs: durationSchema("After"), channels: channels("Channels that are told then") },
      required: ["afterMs", "channels"],
    },
    isEnabled: { type: "boolean", title: "On", default: true },
  },
  required: ["title", "severity", "channels", "isEnabled"],
};
