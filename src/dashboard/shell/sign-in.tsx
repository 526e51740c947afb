import type { TargetedEvent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Problem, problemOf } from "../http/problem.ts";
import { signIn } from "../http/session.ts";
import { Field } from "../parts/field.tsx";
import { ProblemNote } from "../parts/notes.tsx";

/** Takes a key, or a token of the issuer that the API trusts, and keeps neither: the API sets a cookie. */
export function SignIn() {
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = "Sign in · Tenuto";
  }, []);
  const submit = async (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(key);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <main class="alone">
      <h1>Sign in to Tenuto</h1>
      <form onSubmit={(event) => void submit(event)}>
        {/* Password managers ask for one; a key has none. */}
        <input type="text" autocomplete="username" hidden />
        <Field label="API key or token" hint="It is sent to the API once, which then sets a cookie.">
          {(attributes) => (
            <input
              {...attributes}
              type="password"
              autocomplete="current-password"
              required
              value={key}
              onInput={({ currentTarget }) => setKey(currentTarget.value)}
            />
          )}
        </Field>
        {problem && <ProblemNote problem={problem} />}
        <button type="submit" class="main" disabled={isBusy}>
          Sign in
        </button>
      </form>
    </main>
  );
}
