import { useState } from "preact/hooks";
import type { StoredAlertRule } from "tenuto";
import type { AlertRuleTrial } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { isAllowed } from "../http/session-store.ts";
import { type Problem, problemOf } from "../http/problem.ts";
import { Action } from "../parts/action.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Loading, ProblemNote } from "../parts/notes.tsx";
import { At } from "../parts/time.tsx";
import { counted } from "../parts/words.ts";
import { EditRuleAction } from "./rule-form.tsx";

export interface RuleActionsProps {
  readonly rule: StoredAlertRule;
  readonly reload: () => void;
}

/** Tries a rule, edits it, turns it off or on, and takes an edit back. */
export function RuleActions({ rule, reload }: RuleActionsProps) {
  const path = `v1/alert-rules/${part(rule.id)}`;
  const { id: _, origin, original, changed, ...members } = rule;
  const turn = async (reason: string) => {
    await ask(path, { method: "PUT", body: { ...members, isEnabled: !rule.isEnabled, reason } });
    return rule.isEnabled ? "It raises nothing now." : "It is on.";
  };
  const remove = async (reason: string) => {
    await ask(path, { method: "DELETE", body: { reason } });
    return original === undefined ? "It is deleted." : "The rule as it was before holds again.";
  };
  return (
    <div class="actions">
      <TrialAction path={path} title={rule.title} />
      <EditRuleAction key={`${origin} ${changed?.at ?? ""}`} rule={rule} reload={reload} />
      <Action
        label={rule.isEnabled ? "Turn off" : "Turn on"}
        title={`${rule.isEnabled ? "Turn off" : "Turn on"}: ${rule.title}`}
        role="admin"
        perform={turn}
        onDone={reload}
      />
      {origin === "api" && (
        <Action
          label={original === undefined ? "Delete" : "Take the edit back"}
          role="admin"
          isDangerous
          perform={remove}
          onDone={reload}
        />
      )}
    </div>
  );
}

interface Tried {
  readonly trial?: AlertRuleTrial;
  readonly problem?: Problem;
}

/** Says what a rule would have raised over the last day. */
function TrialAction({ path, title }: { readonly path: string; readonly title: string }) {
  const [tried, setTried] = useState<Tried>();
  if (!isAllowed("operator")) return null;
  const look = () => {
    setTried({});
    ask<AlertRuleTrial>(`${path}/dry-run`, { method: "POST", body: {} }).then(
      (trial) => setTried((before) => before && { trial }),
      (error: unknown) => setTried((before) => before && { problem: problemOf(error) }),
    );
  };
  return (
    <>
      <button type="button" onClick={look}>
        Try
      </button>
      {tried && (
        <Dialog title={`The last day by: ${title}`} onClose={() => setTried(undefined)} isWide>
          {tried.problem && <ProblemNote problem={tried.problem} />}
          {!tried.problem && !tried.trial && <Loading what="the last day" />}
          {tried.trial && <Trial trial={tried.trial} />}
        </Dialog>
      )}
    </>
  );
}

function Trial({ trial: { alerts, truncated, leavesOut } }: { readonly trial: AlertRuleTrial }) {
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
