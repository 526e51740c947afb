import { stripVTControlCharacters } from "node:util";

const COLOURS = { server: 35, setup: 90, sandbox: 33, worker: 36, api: 32, dev: 90 } as const;

/** Who a line in the terminal of `npm run dev` comes from. */
export type Speaker = keyof typeof COLOURS;

const width = Math.max(...Object.keys(COLOURS).map((name) => name.length));

/** Makes functions that print lines behind a short, coloured name. */
export function createConsoleLines(output: NodeJS.WriteStream): (speaker: Speaker) => (line: string) => void {
  const isColoured = output.isTTY && output.hasColors();
  // A closed terminal must not take the clean-up down with it.
  output.on("error", () => undefined);
  return (speaker) => {
    const name = speaker.padEnd(width);
    const prefix = isColoured ? `\u001b[${COLOURS[speaker]}m${name} │\u001b[0m` : `${name} │`;
    return (line) => output.write(`${prefix} ${isColoured ? line : stripVTControlCharacters(line)}\n`);
  };
}
