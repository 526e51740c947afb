// Names and messages come from wherever the runs got them. Printed as they are, control characters in them could move the
// cursor, change colours or titles, and reversed text could show something else than is there.

/** Controls, halves of characters, and what turns the direction of text or breaks lines. */
const unprintable = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** A text in one line, with all that a terminal would act on made visible: `\x1b`. */
export function oneLine(text: string): string {
  return visible(text.replace(/\s+/gu, " ").trim());
}

/** The lines of a text, with all else that a terminal would act on made visible. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n/).map((line) => visible(line.replaceAll("\t", "  ").trimEnd()));
}

/** JSON whose values are those of `value`, written so that a terminal acts on nothing in it. */
export function cleanJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(unprintable, (character) =>
    character === "\n" ? character : `\\u${hex(character, 4)}`,
  );
}

function visible(line: string): string {
  return line.replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`;
  });
}

function hex(character: string, digits: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(digits, "0");
}
