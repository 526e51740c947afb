const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

const takesTwo =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;
const takesNone = /^[\p{M}\p{Cf}]/u;

/** How many columns of a terminal a text takes; letters of East Asia and emoji take two. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return partsOf(text).reduce((sum, { width }) => sum + width, 0);
}

/** A text that takes as many columns as given, or less, with "…" where something is cut off. */
export function truncated(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let left = width - 1;
  for (const part of partsOf(text)) {
    left -= part.width;
    if (left < 0) break;
    kept += part.text;
  }
  return `${kept.trimEnd()}…`;
}

/** A text with spaces behind it until it takes as many columns as given. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(width - widthOf(text), 0));
}

/** The lines of a text that is broken between words; a word that is longer than a line stands alone. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line];
}

function partsOf(text: string): readonly { readonly text: string; readonly width: number }[] {
  return [...graphemes.segment(text)].map(({ segment }) => ({
    text: segment,
    width: takesNone.test(segment) ? 0 : takesTwo.test(segment) ? 2 : 1,
  }));
}
