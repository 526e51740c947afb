import type { TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { Task } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { newKey } from "../http/new-key.ts";
import { Problem, problemOf } from "../http/problem.ts";
import { Action } from "../parts/action.tsx";
import { ProblemNote } from "../parts/notes.tsx";
import { tell } from "../parts/toast.tsx";
import { initialValue, type JsonSchema } from "../schema-form/json-schema.ts";
import { SchemaForm } from "../schema-form/schema-form.tsx";
import { assertReadable } from "../schema-form/unreadable.ts";
import { audienceOf, mayAnswer } from "./may-answer.ts";

export interface AnswerFormProps {
  readonly task: Task;
  readonly tenant: string | undefined;
  readonly reload: () => void;
}

/** The fields of an answer. Who may not answer is told so; the run decides. */
export function AnswerForm({ task, tenant, reload }: AnswerFormProps) {
  const schema = task.schema as JsonSchema;
  const [answer, setAnswer] = useState<unknown>(() => initialValue(schema, schema, false));
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  // A second click answers once.
  const [key, setKey] = useState(newKey);
  if (!mayAnswer(task)) return <p class="quiet">It is for {audienceOf(task)} to answer.</p>;
  const path = `v1/tasks/${part(task.taskId)}`;
  const send = async (what: "complete" | "reject", body: object) => {
    try {
      await ask(`${path}/${what}`, { method: "POST", query: { tenant }, headers: { "idempotency-key": key }, body });
      setKey(newKey());
    } catch (error) {
      if (error instanceof Problem && error.status >= 400 && error.status < 500) setKey(newKey());
      throw error;
    }
  };
  const complete = async (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      assertReadable(answer);
      await send("complete", answer === undefined ? {} : { answer });
      tell("It is answered.");
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <form class="card answer" onSubmit={(event) => void complete(event)}>
      <SchemaForm
        schema={schema}
        value={answer}
        onChange={setAnswer}
        issues={problem?.issues ?? []}
        pointer="/answer"
      />
      {problem && <ProblemNote problem={problem} />}
      <div class="dialog-foot">
        <Action
          label="Reject"
          title="Refuse what is asked"
          explanation="The run goes on as it does when somebody refuses."
          role="viewer"
          isDangerous
          perform={async (reason) => {
            await send("reject", { reason });
            return "It is rejected.";
          }}
          onDone={reload}
        />
        <button type="submit" class="main" disabled={isBusy}>
          Complete
        </button>
      </div>
    </form>
  );
}
