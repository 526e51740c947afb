import type { ComponentChildren } from "preact";
import { Json } from "../parts/facts.tsx";
import { Table } from "../parts/table.tsx";
import { words } from "../parts/words.ts";

/** Groups within groups are shown as JSON. */
const deepest = 2;

/** What is asked, as people read it: names with values, and lists of like things as tables. */
export function Question({
  value,
  depth = 0,
}: {
  readonly value: unknown;
  readonly depth?: number;
}): ComponentChildren {
  if (!isRecord(value) || Object.keys(value).length === 0) return <Json value={value} label="What is asked" />;
  const [only] = Object.values(value);
  if (Object.keys(value).length === 1 && isRecord(only)) return <Question value={only} depth={depth} />;
  return (
    <dl class="question">
      {Object.entries(value).map(([name, member]) => (
        <div key={name} class={isPlain(member) ? undefined : "question-wide"}>
          <dt dir="auto">{words(name)}</dt>
          <dd dir="auto">
            <Member name={name} value={member} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Member({ name, value, depth }: { readonly name: string; readonly value: unknown; readonly depth: number }) {
  if (isPlain(value)) return <>{plainOf(value)}</>;
  if (Array.isArray(value) && value.length > 0 && value.every(isRow)) return <Rows name={name} rows={value} />;
  if (isRecord(value) && depth < deepest) return <Question value={value} depth={depth} />;
  return <Json value={value} label={words(name)} />;
}

function Rows({ name, rows }: { readonly name: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const numbered = rows.map((row, index) => ({ row, index }));
  return (
    <Table
      caption={words(name)}
      rows={numbered}
      keyOf={({ index }) => String(index)}
      empty={null}
      columns={names.map((each) => ({
        title: words(each),
        cell: ({ row }: (typeof numbered)[number]) => plainOf(row[each]),
        align: rows.every((row) => typeof row[each] === "number") ? ("end" as const) : ("start" as const),
      }))}
    />
  );
}

function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.values(value).every(isPlain);
}

function isPlain(value: unknown): boolean {
  return value === null || ["string", "number", "boolean", "undefined"].includes(typeof value);
}

function plainOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return value.toLocaleString("en", { maximumFractionDigits: 10 });
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
