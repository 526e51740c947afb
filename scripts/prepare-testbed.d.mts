/** Finds, installs or builds what the test bed needs, and answers with what starts it. */
export function prepareTestbed(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
}): Promise<() => Promise<{ readonly address: string; stop(): Promise<void> }>>;
