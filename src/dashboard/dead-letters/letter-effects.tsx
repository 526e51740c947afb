import type { DeadLetterDetails } from "tenuto/client";
import { Code } from "../parts/facts.tsx";
import { Section } from "../parts/page.tsx";
import { Ago } from "../parts/time.tsx";

/** The steps that wait for a decision, and the effects that are still there. */
export function LetterEffects({ letter }: { readonly letter: DeadLetterDetails }) {
  const { incidents = [], openEffects = [] } = letter;
  return (
    <>
      {incidents.length > 0 && (
        <Section title="What waits for a decision">
          <div class="cards waits">
            {incidents.map(({ id, kind, step, error, since }) => (
              <div class="card" key={id}>
                <h3>
                  {kind === "undo" ? "An undo: " : "A step: "}
                  <Code text={step} />
                </h3>
                <p class="line-error" dir="auto">
                  <strong>{error.type}</strong> {error.message}
                </p>
                <p class="quiet">
                  Since <Ago at={since} />
                </p>
              </div>
            ))}
          </div>
        </Section>
      )}
      {openEffects.length > 0 && (
        <Section title="Effects that are still there">
          <div class="cards waits">
            {openEffects.map(({ step, key, error }) => (
              <div class="card" key={`${step} ${key ?? ""}`}>
                <h3>
                  <Code text={step} />
                </h3>
                <p class="line-error" dir="auto">
                  <strong>{error.type}</strong> {error.message}
                </p>
                {key !== undefined && (
                  <p class="quiet">
                    Idempotency key <Code text={key} />
                  </p>
                )}
              </div>
            ))}
          </div>
        </Section>
      )}
    </>
  );
}
