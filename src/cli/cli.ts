import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { ApiClient } from "./api-client.ts";
import { Interrupted } from "./errors/interrupted.ts";
import type { CliHost } from "./host.ts";
import { Output } from "./output.ts";
import { apiKeyOf, apiUrl } from "./settings.ts";

/** The options that every command has. */
export interface GlobalOptions {
  readonly url?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Cli {
  readonly api: ApiClient;
  readonly output: Output;
  /** Whether results are for scripts. */
  readonly isJson: boolean;
  /** Whether somebody is there to be asked. */
  readonly canAsk: boolean;
  /** Asks for a yes, and takes all else for a no. */
  ask(question: string): Promise<boolean>;
  /** All that comes on stdin. */
  readStdin(): Promise<string>;
}

/** @throws {@link UsageError} when a setting can't be used. */
export function createCli(host: CliHost, { url, json = false }: GlobalOptions): Cli {
  const { stdin, stderr, version } = host;
  return {
    api: new ApiClient({ url: apiUrl(url ?? host.url), apiKey: apiKeyOf(host.apiKey), version }),
    output: new Output(host),
    isJson: json,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    ask: (question) => ask(host, question),
    readStdin: () => text(stdin),
  };
}

async function ask({ stdin, stderr }: CliHost, question: string): Promise<boolean> {
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      terminal.once("SIGINT", () => reject(new Interrupted()));
      // Ctrl-D.
      terminal.once("close", () => resolve(""));
      terminal.question(`${question} [y/N] `).then(resolve, reject);
    });
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    terminal.close();
  }
}
