import { readFile } from "node:fs/promises";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";

/** An option, and what it was given. */
interface Given {
  readonly option: string;
  readonly text: string | undefined;
}

/**
 * A value that is given as JSON, or as the name of a file with JSON after an `@`; `@-` is stdin.
 *
 * @throws {@link UsageError} when there is no such file, or no JSON.
 */
export async function jsonOption(cli: Pick<Cli, "readStdin">, { option, text }: Given): Promise<unknown> {
  if (text === undefined) return undefined;
  const json = text.startsWith("@") ? await contentOf(cli, option, text.slice(1)) : text;
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    // What was got may be long, or secret.
    throw new UsageError(`${option} is no JSON: ${(error as Error).message}. Give JSON, or @FILE for a file with it.`);
  }
}

async function contentOf(cli: Pick<Cli, "readStdin">, option: string, path: string): Promise<string> {
  if (path === "-") return cli.readStdin();
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option}: the file ${JSON.stringify(path)} can't be read: ${code ?? message}.`);
  }
}
