import { Ago } from "../parts/time.tsx";

export interface AgeProps {
  /** Up to when it counts; absent where nothing was counted. */
  readonly asOf: string | undefined;
  /** What the numbers don't include, in sentences. */
  readonly leavesOut?: readonly string[];
}

/** How old numbers are, and what they leave out. */
export function Age({ asOf, leavesOut = [] }: AgeProps) {
  return (
    <div class="age">
      {asOf !== undefined && (
        <p>
          Counted up to <Ago at={asOf} />.
        </p>
      )}
      {leavesOut.length > 0 && (
        <details>
          <summary>What this leaves out</summary>
          <ul>
            {leavesOut.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
