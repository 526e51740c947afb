import type { ComponentChildren } from "preact";
import { Section } from "../parts/page.tsx";
import { Ago } from "../parts/time.tsx";
import { numberOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { Age } from "./age.tsx";
import type { MetricsSummary, OpenByAge } from "tenuto/client";

/** What is not over: runs by what they wait for, tasks and dead letters by their age. */
export function OpenWork({ summary }: { readonly summary: MetricsSummary }) {
  const { open, tasks, deadLetters } = summary;
  return (
    <Section title="Open now">
      <div class="cards">
        <div class="card">
          <h3>Runs</h3>
          <dl class="counts">
            <Count name="Running" value={open.running} to="/runs?status=running" />
            {(["parked", "paused", "partial", "waiting"] as const).map((mark) => (
              <Count key={mark} name={words(mark)} value={open[mark]} to={`/runs?mark=${mark}`} />
            ))}
            <Count name="Stuck" value={open.stuck} to="/dead-letters?kind=stuck&status=open" />
          </dl>
          <Age asOf={open.asOf} />
        </div>
        <Waiting title="Tasks" to="/tasks" {...tasks}>
          <Count name="Overdue" value={tasks.overdue} to="/tasks?overdue=true" />
        </Waiting>
        <Waiting title="Dead letters" to="/dead-letters?status=open" {...deadLetters} />
      </div>
    </Section>
  );
}

interface WaitingProps {
  readonly title: string;
  readonly to: string;
  readonly open: number;
  readonly byAge: OpenByAge["byAge"];
  readonly oldestAt?: string;
  readonly asOf: string;
  readonly children?: ComponentChildren;
}

const ages = { hour: "Up to an hour old", day: "Up to a day", week: "Up to a week", older: "Older" } as const;

function Waiting({ title, to, open, byAge, oldestAt, asOf, children }: WaitingProps) {
  return (
    <div class="card">
      <h3>{title}</h3>
      <dl class="counts">
        <Count name="Open" value={open} to={to} />
        {children}
        {(["hour", "day", "week", "older"] as const).map((age) => (
          <Count key={age} name={ages[age]} value={byAge[age]} />
        ))}
      </dl>
      {oldestAt !== undefined && (
        <p class="quiet">
          The oldest is from <Ago at={oldestAt} />.
        </p>
      )}
      <Age asOf={asOf} />
    </div>
  );
}

function Count({ name, value, to }: { readonly name: string; readonly value: number; readonly to?: string }) {
  return (
    <div>
      <dt>{to === undefined ? name : <Link to={to}>{name}</Link>}</dt>
      <dd class="number">{numberOf(value)}</dd>
    </div>
  );
}
