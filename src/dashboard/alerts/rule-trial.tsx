import { useState } from "preact/hooks";
import type { AlertRuleTrial } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { type Problem, problemOf } from "../http/problem.ts";
import { Loading, ProblemNote } from "../parts/notes.tsx";
import { At } from "../parts/time.tsx";
import { counted } from "../parts/words.ts";

/** What came of a trial; neither, while it is asked for. */
interface Tried {
  readonly trial?: AlertRuleTrial;
  readonly problem?: Problem;
}

/** What a trial is of. */
export interface TrialOf {
  readonly id: string;
  /** The title and the condition. @default those of the rule as it is kept @throws `Problem` when what was written can't be sent */
  readonly body?: () => object;
}

/** Asks what a rule would have raised over the last day; `forget` takes back what came of it. */
export function useTrial() {
  const [tried, setTried] = useState<Tried>();
  const look = async ({ id, body = () => ({}) }: TrialOf): Promise<Problem | undefined> => {
    setTried({});
    try {
      const trial = await ask<AlertRuleTrial>(`v1/alert-rules/${part(id)}/dry-run`, { method: "POST", body: body() });
      setTried((before) => before && { trial });
      return undefined;
    } catch (error) {
      const problem = problemOf(error);
      setTried((before) => before && { problem });
      return problem;
    }
  };
  return { tried, look, forget: () => setTried(undefined) };
}

/** Says what a rule would have raised. */
export function TrialNote({ tried: { trial, problem } }: { readonly tried: Tried }) {
  if (problem) return <ProblemNote problem={problem} />;
  if (!trial) return <Loading what="the last day" />;
  const { alerts, truncated, leavesOut } = trial;
  return (
    <div class="trial" role="status" tabIndex={0}>
      <p>It would have raised {counted(alerts.length, "alert")}.</p>
      <ul>
        {alerts.map(({ at, subject, title, text }) => (
          <li key={`${at} ${subject}`} dir="auto">
            <At at={at} /> {title}. {text}
          </li>
        ))}
      </ul>
      {truncated && <p class="quiet">There was more to read than a trial reads.</p>}
      {leavesOut !== undefined && <p class="quiet">{leavesOut}</p>}
    </div>
  );
}
