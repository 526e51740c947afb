// Cursors of lists that are made in one piece: how many items come before the page.
import { InvalidCursor } from "../core/errors/invalid-cursor.ts";

/** The cursor of the page that begins after so many items of a list. */
export function cursorOf(list: string, offset: number): string {
  return Buffer.from(`${list}:${offset}`).toString("base64url");
}

/** How many items come before the page of a cursor. @throws {@link InvalidCursor} of another list's */
export function offsetIn(list: string, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [name, digits = ""] = Buffer.from(cursor, "base64url").toString().split(":");
  const isOurs = name === list && /^\d{1,6}$/.test(digits) && cursorOf(list, Number(digits)) === cursor;
  if (!isOurs) throw new InvalidCursor();
  return Number(digits);
}
