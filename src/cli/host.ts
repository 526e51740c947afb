import type { ReadStream, WriteStream } from "node:tty";

/** What the process gives the command. */
export interface CliHost {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  /** Of the package. */
  readonly version: string;
  /** Where the API is, unless the command line says it. */
  readonly url: string | undefined;
  /** Secret. */
  readonly apiKey: string | undefined;
  /** How wide tables are where the output is no terminal. */
  readonly columns: string | undefined;
}
