import type { StoredAlertRule } from "tenuto";
import { ask, part } from "../http/ask.ts";
import { isAllowed } from "../http/session-store.ts";
import { Action } from "../parts/action.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { EditRuleAction } from "./rule-form.tsx";
import { TrialNote, useTrial } from "./rule-trial.tsx";

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
      <TrialAction rule={rule} />
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

/** Says what a rule would have raised over the last day. */
function TrialAction({ rule: { id, title } }: { readonly rule: StoredAlertRule }) {
  const { tried, look, forget } = useTrial();
  if (!isAllowed("operator")) return null;
  return (
    <>
      <button type="button" onClick={() => void look({ id })}>
        Try
      </button>
      {tried && (
        <Dialog title={`The last day by: ${title}`} onClose={forget} isWide>
          <TrialNote tried={tried} />
        </Dialog>
      )}
    </>
  );
}
