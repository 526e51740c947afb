import { oneLine } from "./clean-text.ts";
import { padded, truncated, widthOf } from "./text-width.ts";

/** A column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  /** As it came; it is made one line that is safe to print. */
  readonly value: (row: Row) => string | number | undefined;
  /** It may be cut down to that many columns of the terminal; without it, never. */
  readonly atLeast?: number;
  /** It may be left out where there is no room: the highest number goes first. */
  readonly leaveOut?: number;
}

interface Sized {
  readonly title: string;
  readonly cells: readonly string[];
  readonly natural: number;
  readonly least: number;
  readonly leaveOut: number;
}

const gap = 2;

/** The lines of a table that fits `width` columns of a terminal; without a width, nothing is cut or left out. */
export function tableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number | undefined,
): readonly string[] {
  const sized = columns.map((column) => sizedColumn(rows, column));
  const kept = width === undefined ? sized : fitting(sized, width);
  const widths = width === undefined ? kept.map(({ natural }) => natural) : shrunk(kept, width);
  const line = (cell: (column: Sized) => string) =>
    kept
      .map((column, index) => padded(truncated(cell(column), widths[index] ?? 0), widths[index] ?? 0))
      .join(" ".repeat(gap))
      .trimEnd();
  return [line(({ title }) => title), ...rows.map((_, row) => line(({ cells }) => cells[row] ?? ""))];
}

function sizedColumn<Row>(rows: readonly Row[], { title, value, atLeast, leaveOut = 0 }: Column<Row>): Sized {
  const cells = rows.map((row) => oneLine(String(value(row) ?? "-")));
  const natural = Math.max(title.length, ...cells.map(widthOf));
  return { title, cells, natural, least: Math.min(natural, atLeast ?? natural), leaveOut };
}

function fitting(columns: readonly Sized[], width: number): readonly Sized[] {
  const last = Math.max(...columns.map(({ leaveOut }) => leaveOut));
  if (last === 0 || together(columns.map(({ least }) => least)) <= width) return columns;
  return fitting(
    columns.filter(({ leaveOut }) => leaveOut !== last),
    width,
  );
}

/** Takes from the widest first. */
function shrunk(columns: readonly Sized[], width: number): readonly number[] {
  const widths = columns.map(({ natural }) => natural);
  for (let excess = together(widths) - width; excess > 0; excess -= 1) {
    const widest = columns
      .map(({ least }, index) => ({ index, width: widths[index] ?? 0, least }))
      .filter((each) => each.width > each.least)
      .toSorted((a, b) => b.width - a.width)[0];
    if (!widest) break;
    widths[widest.index] = widest.width - 1;
  }
  return widths;
}

function together(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, gap * (widths.length - 1));
}
