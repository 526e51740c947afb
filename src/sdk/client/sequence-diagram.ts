// Writes a sequence diagram in Mermaid's syntax, of its simplest constructs: participants, messages, notes over the run.

/** Mermaid refuses 50,000 characters. */
const longestHalf = 20_000;

const longestText = 120;

/** A line to or from the run, or a note over it. */
interface Line {
  readonly actor?: string;
  readonly text: string;
}

/** The run in the middle, and who it talks with. */
export class SequenceDiagram {
  readonly #lines: Line[] = [];
  readonly #actors = new Map<string, string>();
  readonly #order: readonly string[];

  /** `order` names those who stand left of the run. */
  constructor(order: readonly string[]) {
    this.#order = order;
  }

  /** Somebody to the run. */
  toRun(from: string, text: string): void {
    this.#add(from, (actor) => `${actor}->>run: ${escaped(text)}`);
  }

  /** The run to somebody. */
  fromRun(to: string, text: string): void {
    this.#add(to, (actor) => `run->>${actor}: ${escaped(text)}`);
  }

  /** An answer to the run; `isFailure` makes a cross of its arrow's head. */
  answerToRun(from: string, text: string, isFailure: boolean): void {
    this.#add(from, (actor) => `${actor}${isFailure ? "--x" : "-->>"}run: ${escaped(text)}`);
  }

  /** The run's answer. */
  answerFromRun(to: string, text: string, isFailure: boolean): void {
    this.#add(to, (actor) => `run${isFailure ? "--x" : "-->>"}${actor}: ${escaped(text)}`);
  }

  note(text: string): void {
    this.#lines.push({ text: `Note over run: ${escaped(text)}` });
  }

  /** Mermaid's text; a long diagram keeps its beginning and its end. */
  drawn(runName: string): string {
    const lines = cut(this.#lines);
    const used = new Set(lines.map(({ actor }) => actor));
    const names = [...this.#actors.keys()].filter((name) => used.has(this.#actors.get(name)));
    const participant = (name: string) => `participant ${this.#actors.get(name) ?? ""} as ${escaped(name)}`;
    const left = this.#order.filter((name) => names.includes(name));
    const right = names.filter((name) => !this.#order.includes(name));
    const participants = [
      ...left.map(participant),
      `participant run as ${escaped(runName)}`,
      ...right.map(participant),
    ];
    return ["sequenceDiagram", ...[...participants, ...lines.map(({ text }) => text)].map(indented)].join("\n");
  }

  #add(name: string, text: (actor: string) => string): void {
    const actor = this.#actors.get(name) ?? `p${this.#actors.size + 1}`;
    this.#actors.set(name, actor);
    this.#lines.push({ actor, text: text(actor) });
  }
}

function cut(lines: readonly Line[]): readonly Line[] {
  const head = within(lines);
  const tail = within(lines.slice(head.length).reverse()).reverse();
  const left = lines.length - head.length - tail.length;
  if (left === 0) return lines;
  return [...head, { text: `Note over run: ${left} lines are left out here` }, ...tail];
}

function within(lines: readonly Line[]): Line[] {
  let length = 0;
  const tooMuch = lines.findIndex(({ text }) => (length += text.length) > longestHalf);
  return lines.slice(0, tooMuch === -1 ? lines.length : tooMuch);
}

function indented(line: string): string {
  return `  ${line}`;
}

/** What could mean something to Mermaid, or to the page that it draws on, becomes an entity: only letters and the like stay. */
function escaped(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  const line = short.replace(/[\s\p{C}]+/gu, " ").trim();
  return line.replace(/[^\p{L}\p{N}\p{M} .,()/_…-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`) || "-";
}
