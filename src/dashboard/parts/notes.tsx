import type { ComponentChildren } from "preact";
import type { Answered } from "../http/use-answer.ts";
import type { Problem } from "../http/problem.ts";

/** Shown while the first answer is awaited. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div class="note loading" role="status">
      <span class="spinner" aria-hidden="true" /> Loading {what} …
    </div>
  );
}

/** Shown where there is nothing, with what one could do. */
export function Nothing({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="note nothing">
      <p class="note-title">{title}</p>
      {children}
    </div>
  );
}

/** What went wrong, as the API says it. */
export function ProblemNote({
  problem,
  retry,
}: {
  readonly problem: Problem;
  readonly retry?: (() => void) | undefined;
}) {
  return (
    <div class="note problem" role="alert">
      <p class="note-title">{titles[problem.code] ?? "This can't be shown now"}</p>
      <p dir="auto">{problem.message}</p>
      <IssueList issues={problem.issues} />
      {problem.requestId !== undefined && <p class="quiet">Request {problem.requestId}</p>}
      {retry && <button onClick={retry}>Try again</button>}
    </div>
  );
}

const titles: Readonly<Record<string, string>> = {
  FORBIDDEN: "You may not see this",
  NOT_FOUND: "There is nothing here",
  RUN_NOT_FOUND: "There is no such run",
  UNREACHABLE: "The server can't be reached",
  TEMPORAL_UNAVAILABLE: "Temporal can't be reached",
};

function IssueList({ issues }: { readonly issues: Problem["issues"] }) {
  if (issues.length === 0) return null;
  return (
    <ul>
      {issues.map(({ pointer, message }) => (
        <li key={`${pointer} ${message}`} dir="auto">
          {pointer !== "" && <code>{pointer}</code>} {message}
        </li>
      ))}
    </ul>
  );
}

/** What was answered; else what is done about it, or why there is none. */
export function Show<Answer>({
  answered,
  what,
  children,
}: {
  readonly answered: Answered<Answer>;
  readonly what: string;
  readonly children: (data: Answer) => ComponentChildren;
}) {
  const { data, problem, isLoading, reload } = answered;
  return (
    <div aria-busy={isLoading}>
      {problem && <ProblemNote problem={problem} retry={reload} />}
      {data === undefined ? !problem && <Loading what={what} /> : children(data)}
    </div>
  );
}
