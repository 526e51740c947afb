import { readFile } from "node:fs/promises";
import { UsageError } from "./errors/usage-error.ts";

/**
 * A value that is given as JSON, or as the name of a file with JSON after an `@`; `@-` is stdin.
 *
 * @throws {@link UsageError} when there is no such file, or no JSON.
 */
export async function jsonOption(option: string, text: string | undefined): Promise<unknown> {
  if (text === undefined) return undefined;
  const json = text.startsWith("@") ? await contentOf(option, text.slice(1)) : text;
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    // What was got may be long, or secret.
    throw new UsageError(`${option} is no JSON: ${(error as Error).message}. Give JSON, or @FILE for a file with it.`);
  }
}

async function contentOf(option: string, path: string): Promise<string> {
  try {
    return await readFile(path === "-" ? "/dev/stdin" : path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option}: the file ${JSON.stringify(path)} can't be read: ${code ?? message}.`);
  }
}
