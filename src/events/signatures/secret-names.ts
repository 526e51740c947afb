import { InvalidDefinition } from "tenuto";

/** What every scheme's definition takes. */
export interface SecretsOption {
  /**
   * The NAME of the environment variable with the secret, never the secret. Several while a secret is replaced: a request
   * passes by any of them. The first must be set, the others may be.
   */
  readonly secrets: string | readonly string[];
}

/**
 * The names of variables.
 *
 * @throws `InvalidDefinition` when there is none, or one that can't be a name; it doesn't show what may be a secret.
 */
export function secretNames({ secrets }: SecretsOption, scheme: string): readonly string[] {
  const names = typeof secrets === "string" ? [secrets] : [...secrets];
  const what = `The list of secrets of ${scheme}`;
  if (names.length === 0) throw new InvalidDefinition({ what, got: names, remedy: "Name one environment variable." });
  for (const name of names) {
    if (/^[A-Z_][A-Z0-9_]{0,127}$/.test(name)) continue;
    throw new InvalidDefinition({
      what,
      got: `a text of ${name.length} characters`,
      remedy:
        "Write the name of an environment variable, never the secret itself: upper-case letters, digits and _, as in TENUTO_WEBHOOK_SECRET_SHOP.",
    });
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InvalidDefinition({ what, got: `"${twice}" twice`, remedy: "Name each once." });
  return names;
}
