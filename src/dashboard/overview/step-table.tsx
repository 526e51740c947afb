import { Code } from "../parts/facts.tsx";
import { Nothing } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { durationOf } from "../parts/time.tsx";
import { numberOf, percentOf } from "../parts/words.ts";
import { Age } from "./age.tsx";
import type { StepMetrics } from "tenuto/client";

const told = (value: number | null) => (value === null ? "–" : durationOf(value));
const sources = { prometheus: "From Prometheus.", workers: "From the workers' own metrics.", none: "" } as const;

/** How steps go, and how long they wait for a worker. */
export function StepTable({ steps }: { readonly steps: StepMetrics }) {
  if (steps.source === "none") {
    return (
      <Section title="Steps">
        <Nothing title="No source of step metrics is set up">
          {steps.leavesOut.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Nothing>
      </Section>
    );
  }
  return (
    <Section title="Steps">
      <Table
        caption="Steps by their activity"
        rows={steps.steps}
        keyOf={({ activity }) => activity}
        empty={<Nothing title="No step has ended in this time" />}
        columns={[
          { title: "Activity", cell: ({ activity }) => <Code text={activity} most={80} /> },
          { title: "Succeeded", align: "end", cell: ({ succeeded }) => numberOf(succeeded) },
          { title: "Failed", align: "end", cell: ({ failed }) => numberOf(failed) },
          { title: "Parked", align: "end", cell: ({ parked }) => numberOf(parked) },
          { title: "Attempts", align: "end", cell: ({ attempts }) => numberOf(attempts) },
          { title: "Retries", align: "end", cell: ({ retries }) => numberOf(retries) },
          {
            title: "Success rate",
            align: "end",
            cell: ({ successRate }) => (successRate === null ? "–" : percentOf(successRate)),
          },
          { title: "50 %", align: "end", cell: ({ p50Ms }) => told(p50Ms) },
          { title: "95 %", align: "end", cell: ({ p95Ms }) => told(p95Ms) },
          { title: "99 %", align: "end", cell: ({ p99Ms }) => told(p99Ms) },
        ]}
      />
      <Table
        caption="How long steps wait for a worker"
        rows={queuesOf(steps)}
        keyOf={({ queue }) => queue}
        empty={null}
        columns={[
          { title: "Task queue", cell: ({ queue }) => <Code text={queue} /> },
          { title: "Wait, 50 %", align: "end", cell: ({ p50Ms }) => told(p50Ms) },
          { title: "Wait, 95 %", align: "end", cell: ({ p95Ms }) => told(p95Ms) },
          { title: "Wait, 99 %", align: "end", cell: ({ p99Ms }) => told(p99Ms) },
          {
            title: "Slots in use",
            align: "end",
            cell: ({ queue }) =>
              steps.slots
                .filter((slot) => slot.queue === queue)
                .map(({ kind, used, available }) => `${kind} ${used} of ${used + available}`)
                .join(", ") || "–",
          },
        ]}
      />
      <p class="age">{sources[steps.source]}</p>
      <Age asOf={steps.asOf} leavesOut={steps.leavesOut} />
    </Section>
  );
}

const noWait = { p50Ms: null, p95Ms: null, p99Ms: null } as const;

/** Those whose workers have slots, too, though no step has waited there. */
function queuesOf({ scheduleToStart, slots }: StepMetrics): StepMetrics["scheduleToStart"] {
  const known = new Set(scheduleToStart.map(({ queue }) => queue));
  const others = new Set(slots.map(({ queue }) => queue).filter((queue) => !known.has(queue)));
  return [...scheduleToStart, ...[...others].map((queue) => ({ queue, ...noWait }))];
}
