import { useState } from "preact/hooks";
import type { RunDescription } from "tenuto/client";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { ask, part } from "../http/ask.ts";
import { isAllowed } from "../http/session-store.ts";
import { type Issue, Problem } from "../http/problem.ts";
import { Action } from "../parts/action.tsx";
import { Json } from "../parts/facts.tsx";
import { Section } from "../parts/page.tsx";
import { initialValue, type JsonSchema } from "../schema-form/json-schema.ts";
import { SchemaForm } from "../schema-form/schema-form.tsx";
import { assertReadable } from "../schema-form/unreadable.ts";

export interface RunMessagesProps {
  readonly run: RunDescription;
  readonly type: CatalogueEntry;
}

/** The signals and updates that a run takes, and the queries that it answers. */
export function RunMessages({ run, type }: RunMessagesProps) {
  const kinds = [
    ...Object.entries(type.signals).map(([name, schema]) => ({ kind: "signal", name, schema }) as const),
    ...Object.entries(type.updates).map(([name, { input }]) => ({ kind: "update", name, schema: input }) as const),
    ...Object.entries(type.queries).map(([name, { input }]) => ({ kind: "query", name, schema: input }) as const),
  ].filter(({ kind }) => kind === "query" || isAllowed("operator"));
  const [answer, setAnswer] = useState<{ readonly name: string; readonly value: unknown }>();
  if (kinds.length === 0) return null;
  return (
    <Section title="Talk to it">
      <div class="actions">
        {kinds.map(({ kind, name, schema }) => (
          <Message
            key={`${kind} ${name}`}
            {...{ run, kind, name }}
            schema={schema as JsonSchema}
            onAnswer={(value) => setAnswer({ name, value })}
          />
        ))}
      </div>
      {answer && (
        <div class="card" role="status">
          <h3>{answer.name} answered</h3>
          <Json value={answer.value} label={`What ${answer.name} answered`} />
        </div>
      )}
    </Section>
  );
}

interface MessageProps {
  readonly run: RunDescription;
  readonly kind: "signal" | "update" | "query";
  readonly name: string;
  readonly schema: JsonSchema;
  readonly onAnswer: (value: unknown) => void;
}

const verbs = { signal: "Signal", update: "Update", query: "Query" } as const;
const paths = { signal: "signals", update: "updates", query: "queries" } as const;

/** How long an update is waited for, in seconds. */
const waitSeconds = 20;

function Message({ run, kind, name, schema, onAnswer }: MessageProps) {
  const [input, setInput] = useState<unknown>(() => initialValue(schema, schema, false));
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const send = async () => {
    setIssues([]);
    assertReadable(input);
    try {
      const answer = await ask<{ readonly result?: unknown; readonly status?: string; readonly error?: unknown }>(
        `v1/runs/${part(run.workflowId)}/${paths[kind]}/${part(name)}`,
        {
          method: "POST",
          query: { runId: run.runId },
          body: input === undefined ? {} : { input },
          ...(kind === "update" && { headers: { prefer: `wait=${waitSeconds}` } }),
        },
      );
      if (kind === "signal") return `The signal ${name} is sent.`;
      onAnswer(answer.error ?? answer.result ?? null);
      return kind === "update" ? `The update ${name} is ${answer.status ?? "taken"}.` : `${name} answered.`;
    } catch (error) {
      if (error instanceof Problem) setIssues(error.issues);
      throw error;
    }
  };
  return (
    <Action
      label={`${verbs[kind]} ${name}`}
      role={kind === "query" ? "viewer" : "operator"}
      asksReason={false}
      isWide
      perform={send}
    >
      <SchemaForm schema={schema} value={input} onChange={setInput} issues={issues} pointer="/input" />
    </Action>
  );
}
