import type { DeadLetter } from "tenuto/client";
import type { ComponentChildren } from "preact";
import { part } from "../http/ask.ts";
import { Code } from "../parts/facts.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { numberOf } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { kindWords } from "./letter-words.ts";

export interface DeadLetterTableProps {
  readonly letters: readonly DeadLetter[];
  readonly empty: ComponentChildren;
  /** The ids that are picked; without it none can be. */
  readonly picked?: ReadonlySet<string> | undefined;
  readonly onPick?: (id: string, isPicked: boolean) => void;
}

export function DeadLetterTable({ letters, empty, picked, onPick }: DeadLetterTableProps) {
  const pick: Column<DeadLetter> = {
    title: "Pick",
    cell: ({ id, workflowId, status }) => (
      <input
        type="checkbox"
        class="pick"
        aria-label={`Pick ${workflowId.slice(0, 100)}`}
        checked={picked?.has(id) ?? false}
        disabled={status !== "open"}
        onChange={({ currentTarget }) => onPick?.(id, currentTarget.checked)}
      />
    ),
  };
  return (
    <Table
      caption="Dead letters, the last one first"
      rows={letters}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        ...(picked ? [pick] : []),
        {
          title: "What failed",
          isWide: true,
          cell: ({ id, kind, error }) => (
            <>
              <Link to={`/dead-letters/${part(id)}`}>{kindWords[kind]}</Link>
              <p class="cut">
                <strong>{error.type}</strong> {error.message.slice(0, 300)}
              </p>
            </>
          ),
        },
        {
          title: "Where",
          cell: ({ type, step }) => (
            <>
              <Code text={type} most={60} />
              {step !== undefined && (
                <p class="quiet">
                  <Code text={step} most={60} />
                </p>
              )}
            </>
          ),
        },
        { title: "Status", cell: ({ status }) => <StatusPill status={status} /> },
        { title: "Failures", align: "end", cell: ({ count }) => numberOf(count) },
        { title: "Last", cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
      ]}
    />
  );
}
