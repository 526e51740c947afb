// Prometheus' text format, version 0.0.4, as far as numbers need it: https://prometheus.io/docs/instrumenting/exposition_formats/

/** A number of a series. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t]*$/;
const label = /[ \t]*([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(,|$)/y;

/**
 * The samples of an exposition whose names are wanted.
 *
 * @throws `SyntaxError` for what is no exposition.
 */
export function parseExposition(text: string, isWanted: (name: string) => boolean): readonly Sample[] {
  const samples: Sample[] = [];
  for (const each of text.split("\n")) {
    const written = each.trim();
    if (written === "" || written.startsWith("#")) continue;
    const [, name, labels = "", value = ""] = line.exec(written) ?? [];
    if (name === undefined) throw new SyntaxError(`This is no sample of Prometheus' text format: ${shown(written)}`);
    if (isWanted(name)) samples.push({ name, labels: labelsIn(labels, written), value: numberIn(value, written) });
  }
  return samples;
}

function labelsIn(text: string, written: string): Readonly<Record<string, string>> {
  const labels: [string, string][] = [];
  label.lastIndex = 0;
  while (label.lastIndex < text.length) {
    const [, name, value] = label.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new SyntaxError(`These are no labels: ${shown(written)}`);
    labels.push([name, value.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign))]);
  }
  return Object.fromEntries(labels);
}

function numberIn(text: string, written: string): number {
  const special: Readonly<Record<string, number>> = { "+Inf": Infinity, Inf: Infinity, "-Inf": -Infinity, NaN };
  const value = special[text] ?? Number(text);
  if (Number.isNaN(value) && text !== "NaN") throw new SyntaxError(`This has no number: ${shown(written)}`);
  return value;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
