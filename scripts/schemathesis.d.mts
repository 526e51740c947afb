/** Finds the program `schemathesis`, or installs it, and answers with its path. */
export function findSchemathesis(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  log(line: string): void;
}): Promise<string>;
