/** Where it writes; what only a terminal knows is there when it is one. */
interface Writer extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly hasColors?: () => boolean;
}

/** What the process gives the command. */
export interface CliHost {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** Of the package. */
  readonly version: string;
  /** Where the API is, unless the command line says it. */
  readonly url: string | undefined;
  /** Secret. */
  readonly apiKey: string | undefined;
  /** Where a process that takes events has its addresses and secrets. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** How wide tables are where the output is no terminal. */
  readonly columns: string | undefined;
}
