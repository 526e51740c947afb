import { useState } from "preact/hooks";

export interface LongTextProps {
  readonly text: string;
  /** @default 600 */
  readonly most?: number;
}

/** A text that may be very long: its beginning, and the rest when it is asked for. */
export function LongText({ text, most = 600 }: LongTextProps) {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || text.length <= most) return <span dir="auto">{text}</span>;
  return (
    <span dir="auto">
      {text.slice(0, most)}…{" "}
      <button type="button" class="more" onClick={() => setWhole(true)}>
        Show all {text.length.toLocaleString("en")} characters
      </button>
    </span>
  );
}
