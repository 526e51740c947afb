import { useState } from "preact/hooks";
import type { AlertCondition, StoredAlertRule } from "tenuto";
import { ask, part } from "../http/ask.ts";
import { type Issue, Problem } from "../http/problem.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { withDurations, withMilliseconds } from "../schema-form/duration-text.ts";
import { initialValue } from "../schema-form/json-schema.ts";
import { SchemaForm } from "../schema-form/schema-form.tsx";
import { assertReadable } from "../schema-form/unreadable.ts";
import { emptyVariant, VariantField, type Varied } from "../schema-form/variant-field.tsx";
import { conditionVariants, ruleSchema } from "./rule-schemas.ts";
import { TrialNote, useTrial } from "./rule-trial.tsx";

type Condition = Varied<AlertCondition["kind"]>;

interface Draft {
  readonly condition: Condition;
  readonly rest: unknown;
}

export interface EditRuleActionProps {
  readonly rule: StoredAlertRule;
  readonly reload: () => void;
}

/** Edits a rule; what it says then wins over code. */
export function EditRuleAction({ rule, reload }: EditRuleActionProps) {
  const form = useRuleForm(rule.id, () => draftOf(rule));
  const save = async (reason: string) => {
    await form.put(rule.id, reason);
    return "The rule is changed.";
  };
  return (
    <Action
      label="Edit"
      title={`Edit: ${rule.title}`}
      explanation="What you put wins over code until somebody takes it back."
      role="admin"
      isWide
      perform={save}
      onDone={reload}
    >
      {form.fields}
    </Action>
  );
}

export interface NewRuleActionProps {
  readonly rules: readonly StoredAlertRule[];
  readonly reload: () => void;
}

/** Adds a rule. */
export function NewRuleAction({ rules, reload }: NewRuleActionProps) {
  const [id, setId] = useState("");
  const form = useRuleForm(id || "new", newDraft);
  const isTaken = rules.some((rule) => rule.id === id);
  const save = async (reason: string) => {
    const detail = "A rule has this id already. Edit that one, or choose another id.";
    if (isTaken) throw new Problem({ code: "RULE_EXISTS", status: 0, detail });
    await form.put(id, reason);
    setId("");
    form.begin(newDraft());
    return "The rule is there.";
  };
  return (
    <Action label="New rule" title="Add an alert rule" role="admin" isMain isWide perform={save} onDone={reload}>
      <Field
        label="Id"
        hint="Letters, digits, dots, dashes and underscores."
        wrong={isTaken ? "There is one" : undefined}
      >
        {(attributes) => (
          <input
            {...attributes}
            required
            maxLength={64}
            pattern="[A-Za-z0-9._\-]+"
            value={id}
            onInput={({ currentTarget }) => setId(currentTarget.value.trim())}
          />
        )}
      </Field>
      {form.fields}
    </Action>
  );
}

/** The fields of a rule, how what is in them is tried, and how it is put. */
function useRuleForm(trialId: string, initial: () => Draft) {
  const [{ condition, rest }, setDraft] = useState(initial);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const { tried, look, forget } = useTrial();
  const change = (next: Draft) => {
    setDraft(next);
    // It was of what stood there before.
    forget();
  };
  const tryOut = async () => {
    const { title } = rest as { readonly title?: unknown };
    const named = typeof title === "string" && title !== "" && { title };
    const body = () => ({ ...named, ...(withMilliseconds({ condition }) as object) });
    const problem = await look({ id: trialId, body });
    setIssues(problem?.issues ?? []);
  };
  const put = async (id: string, reason: string) => {
    setIssues([]);
    assertReadable(rest);
    try {
      const rule = withMilliseconds({ ...(rest as object), condition }) as object;
      await ask(`v1/alert-rules/${part(id)}`, { method: "PUT", body: { ...rule, reason } });
    } catch (error) {
      if (error instanceof Problem) setIssues(error.issues);
      throw error;
    }
  };
  const fields = (
    <>
      <VariantField
        label="What it looks for"
        variants={conditionVariants}
        value={condition}
        onChange={(next) => change({ condition: next, rest })}
        issues={issues}
        pointer="/condition"
      />
      <SchemaForm
        schema={ruleSchema}
        value={rest}
        onChange={(next) => change({ condition, rest: next })}
        issues={issues}
        pointer=""
      />
      <button type="button" onClick={() => void tryOut()}>
        Try it on the last day
      </button>
      {tried && <TrialNote tried={tried} />}
    </>
  );
  return { fields, put, begin: change };
}

function newDraft(): Draft {
  const condition = emptyVariant("failures", conditionVariants);
  return { condition, rest: initialValue(ruleSchema, ruleSchema, false) };
}

function draftOf(rule: StoredAlertRule): Draft {
  const { id: _, origin: __, original: ___, changed: ____, condition, ...rest } = rule;
  return { condition: withDurations(condition) as Condition, rest: withDurations(rest) };
}
