import { Problem } from "../http/problem.ts";

/** JSON that is still being typed: it stands in a value until it can be read. */
export class Unreadable {
  readonly text: string;
  readonly message: string;

  constructor(text: string, message: string) {
    this.text = text;
    this.message = message;
  }
}

/** What a text says as JSON; nothing for an empty one. */
export function readJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return new Unreadable(text, `This is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws {@link Problem} when there is JSON anywhere in a value that can't be read: that is not sent. */
export function assertReadable(value: unknown): void {
  const detail = "The JSON above can't be read. See what is marked.";
  if (hasUnreadable(value)) throw new Problem({ code: "NO_JSON", status: 0, detail });
}

/** Whether there is JSON anywhere in a value that can't be read. */
function hasUnreadable(value: unknown): boolean {
  if (value instanceof Unreadable) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnreadable);
}

export function writtenJson(value: unknown): string {
  if (value instanceof Unreadable) return value.text;
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}
