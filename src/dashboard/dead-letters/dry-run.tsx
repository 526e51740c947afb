import type { Redrive } from "tenuto/client";
import type { Problem } from "../http/problem.ts";
import { Code } from "../parts/facts.tsx";
import { ProblemNote } from "../parts/notes.tsx";
import { actionWords } from "./letter-words.ts";

/** What a dry run answered. */
export interface Tried {
  readonly redrive?: Redrive;
  readonly problem?: Problem;
}

/** What a redrive would do. */
export function DryRun({ tried }: { readonly tried: Tried | undefined }) {
  const { redrive, problem } = tried ?? {};
  if (problem) return <ProblemNote problem={problem} />;
  const again = redrive?.again ?? [];
  return (
    <div class="dry-run" role="status">
      <p class="note-title">What it would do</p>
      {redrive === undefined ? (
        <p class="quiet">Looking …</p>
      ) : (
        <>
          <p>
            {actionWords[redrive.action]}{" "}
            {redrive.step !== undefined && (
              <>
                The step is <Code text={redrive.step} />.
              </>
            )}
          </p>
          {again.length > 0 && (
            <>
              <p>These go again under their old keys, so their providers answer as before:</p>
              <ul>
                {again.map(({ step, key, ended }) => (
                  <li key={`${step} ${key ?? ""}`}>
                    <Code text={step} /> {ended ? "(it had ended)" : "(it was under way)"}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </div>
  );
}
