import { styleText } from "node:util";
import { cleanJson, linesOf, oneLine } from "./clean-text.ts";
import type { CliHost } from "./host.ts";
import { type Column, tableLines } from "./table.ts";
import { padded, widthOf, wrapped } from "./text-width.ts";

/** A name and what is to be said of it; of nothing, nothing is said. */
export type Field = readonly [name: string, value: string | number | undefined];

const nameWidth = 13;

/** What people and scripts read: results on stdout, all else on stderr. */
export class Output {
  readonly #host: CliHost;

  constructor(host: CliHost) {
    this.#host = host;
  }

  /** The columns of the terminal; `undefined` where nothing is to be cut. */
  get width(): number | undefined {
    const { stdout, columns } = this.#host;
    if (stdout.isTTY) return stdout.columns;
    return /^[1-9]\d{0,3}$/.test(columns ?? "") ? Number(columns) : undefined;
  }

  /** A line, or several. */
  line(text = ""): void {
    for (const line of linesOf(text)) this.#write(line);
  }

  /** A line above what belongs together. */
  heading(text: string): void {
    this.#write("");
    this.#write(this.#bold(text));
  }

  table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], indent = ""): void {
    const width = this.width === undefined ? undefined : this.width - indent.length;
    const [header = "", ...lines] = tableLines(rows, columns, width);
    this.#write(indent + this.#bold(header));
    for (const line of lines) this.#write(indent + line);
  }

  /** Values with their names before them; a long one goes on below itself. */
  fields(fields: readonly Field[]): void {
    for (const [name, value] of fields) {
      if (value === undefined || value === "") continue;
      const lines = this.#broken(String(value), nameWidth);
      lines.forEach((line, index) => {
        const before = index === 0 ? this.#bold(padded(name, nameWidth)) : " ".repeat(nameWidth);
        this.#write((before + line).trimEnd());
      });
    }
  }

  /** Lines of text below a heading. */
  text(text: string): void {
    for (const line of this.#broken(text, 2)) this.#write(`  ${line}`.trimEnd());
  }

  /** A value in JSON, as it is. */
  json(value: unknown): void {
    this.#write(cleanJson(value));
  }

  /** A value in JSON below a heading. */
  indentedJson(value: unknown): void {
    for (const line of cleanJson(value).split("\n")) this.#write(`  ${line}`);
  }

  /** Something besides the result. */
  notice(text: string): void {
    this.#host.stderr.write(`${linesOf(text).join("\n")}\n`);
  }

  /** Something that went wrong, in JSON, for scripts. */
  jsonNotice(value: unknown): void {
    this.#host.stderr.write(`${cleanJson(value)}\n`);
  }

  /** Whether somebody sees what is written to stderr as it comes. */
  get isLive(): boolean {
    return this.#host.stderr.isTTY === true;
  }

  /** A line that takes the place of the one before, on a terminal. */
  status(text: string): void {
    const shown = oneLine(text);
    const { columns = 0 } = this.#host.stderr;
    this.#host.stderr.write(`\r\u001b[K${columns > 1 ? shown.slice(0, columns - 1) : shown}`);
  }

  /** Ends the line of {@link Output.status}. */
  endStatus(): void {
    this.#host.stderr.write("\r\u001b[K");
  }

  /** Takes what is safe to print already. */
  #write(text: string): void {
    this.#host.stdout.write(`${text}\n`);
  }

  #broken(text: string, indent: number): readonly string[] {
    const { width } = this;
    const lines = linesOf(text);
    if (width === undefined) return lines;
    const room = Math.max(width - indent, 20);
    return lines.flatMap((line) => (widthOf(line) <= room ? [line] : wrapped(line, room)));
  }

  #bold(text: string): string {
    const { stdout } = this.#host;
    // Knows NO_COLOR, FORCE_COLOR and TERM=dumb.
    return stdout.isTTY && stdout.hasColors?.() ? styleText("bold", text) : text;
  }
}
