import { useEffect } from "preact/hooks";
import { findSession } from "../http/session.ts";
import { session } from "../http/session-store.ts";
import { useStore } from "../http/store.ts";
import { Loading, ProblemNote } from "../parts/notes.tsx";
import { Toast } from "../parts/toast.tsx";
import { CurrentView } from "./current-view.tsx";
import { Navigation } from "./navigation.tsx";
import { SignIn } from "./sign-in.tsx";

/** The whole page: who uses it, where it is, and what is shown there. */
export function App() {
  const current = useStore(session);
  useEffect(() => void findSession(), []);
  if (current.status === "asking") return <Loading what="the page" />;
  if (current.status === "signedOut") return <SignIn />;
  if (current.status === "unknown") {
    return (
      <main class="alone">
        <h1>Tenuto</h1>
        <ProblemNote problem={current.problem} retry={() => void findSession()} />
      </main>
    );
  }
  return (
    <div class="shell">
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Navigation principal={current.principal} isSession={current.csrfToken !== null} />
      <main id="content" tabIndex={-1}>
        <CurrentView />
      </main>
      <Toast />
    </div>
  );
}
