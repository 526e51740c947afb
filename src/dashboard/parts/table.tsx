import type { ComponentChildren } from "preact";

/** A column: its title, and what it shows of a row. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the end, so that their digits align. @default "start" */
  readonly align?: "start" | "end";
  /** Given to what may be long. @default false */
  readonly isWide?: boolean;
}

export interface TableProps<Row> {
  /** What the rows are, for who does not see them. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Shown instead when there is no row. */
  readonly empty: ComponentChildren;
}

/** Rows with a column for each member; on a phone each row becomes a card. */
export function Table<Row>({ caption, columns, rows, keyOf, empty }: TableProps<Row>) {
  if (rows.length === 0) return <>{empty}</>;
  return (
    <table class="table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, align = "start" }) => (
            <th key={title} scope="col" class={align}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ title, cell, align = "start", isWide = false }) => (
              <td key={title} data-label={title} class={isWide ? `${align} wide` : align}>
                <div dir="auto">{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
