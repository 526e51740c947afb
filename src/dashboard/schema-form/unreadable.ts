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

/** Whether there is JSON anywhere in a value that can't be read. */
export function hasUnreadable(value: unknown): boolean {
  if (value instanceof Unreadable) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnreadable);
}

export function writtenJson(value: unknown): string {
  if (value instanceof Unreadable) return value.text;
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}
