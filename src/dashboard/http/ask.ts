import { Problem, problemIn } from "./problem.ts";
import { root } from "./root.ts";
import { session } from "./session-store.ts";

/** What goes into the query of a path; what is `undefined` or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface AskOptions {
  /** @default "GET" */
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks the API, by a path without a slash at its beginning.
 *
 * @throws {@link Problem}
 */
export async function ask<Answer>(path: string, options: AskOptions = {}): Promise<Answer> {
  const { method = "GET", query = {}, body, signal } = options;
  const current = session.get();
  const csrfToken = current.status === "signedIn" ? current.csrfToken : null;
  const headers = {
    accept: "application/json",
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(method !== "GET" && csrfToken !== null && { "x-csrf-token": csrfToken }),
    ...options.headers,
  };
  const request = { method, headers, signal: signal ?? null, credentials: "same-origin" as const };
  const response = await fetch(addressOf(path, query), {
    ...request,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    const detail = "The server can't be reached. Look at your connection, and try again.";
    throw new Problem({ code: "UNREACHABLE", status: 0, detail });
  });
  if (!response.ok) {
    const problem = await problemIn(response);
    if (problem.status === 401 && current.status === "signedIn") session.set({ status: "signedOut" });
    throw problem;
  }
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}

/** The address of a path of the API. */
export function addressOf(path: string, query: Query = {}): string {
  const address = new URL(path, root);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") address.searchParams.set(name, String(value));
  }
  return address.href;
}

/** A part of a path, whatever is in it. */
export function part(text: string): string {
  return encodeURIComponent(text);
}
