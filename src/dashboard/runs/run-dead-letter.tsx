import type { DeadLetter, RunDescription } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import type { Page } from "../parts/pager.tsx";
import { Link } from "../router/link.tsx";

/** Leads to the dead letter of a run, among the last ones of its type; where there is none, to the list of them. */
export function DeadLetterLink({ run }: { readonly run: Pick<RunDescription, "workflowId" | "type"> }) {
  const { data } = useAnswer<Page<DeadLetter>>("v1/dead-letters", { type: run.type, limit: 200 });
  if (!data) return null;
  const letter = data.items.find(({ workflowId }) => workflowId === run.workflowId);
  if (letter) return <Link to={`/dead-letters/${part(letter.id)}`}>Open its dead letter</Link>;
  return data.nextCursor === null ? null : (
    <Link to={`/dead-letters?type=${part(run.type)}`}>Look for it among the dead letters</Link>
  );
}
