import { ask } from "./ask.ts";
import { problemOf } from "./problem.ts";
import { type Principal, session } from "./session-store.ts";

interface SessionAnswer {
  readonly principal: Principal;
  readonly csrfToken: string | null;
}

/** Asks who uses the page. Without credentials on the API it is `dev`. */
export async function findSession(): Promise<void> {
  try {
    signedIn(await ask<SessionAnswer>("v1/session"));
  } catch (error) {
    const problem = problemOf(error);
    // A server that is away for a while signs nobody out.
    if (problem.status !== 401 && session.get().status === "signedIn") return;
    session.set(problem.status === 401 ? { status: "signedOut" } : { status: "unknown", problem });
  }
}

/** @throws {@link Problem} when the key, or the token, is none. */
export async function signIn(key: string): Promise<void> {
  signedIn(await ask<SessionAnswer>("v1/session", { method: "POST", body: { key } }));
}

export async function signOut(): Promise<void> {
  await ask("v1/session", { method: "DELETE" });
  session.set({ status: "signedOut" });
}

function signedIn({ principal, csrfToken }: SessionAnswer): void {
  session.set({ status: "signedIn", principal, csrfToken });
}
