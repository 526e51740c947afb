import { Section } from "./page.tsx";
import { Ago } from "./time.tsx";

/** What people wrote, oldest first. */
export interface Note {
  readonly by: string;
  readonly note: string;
  readonly at: string;
}

export function NoteList({ notes, title = "Notes" }: { readonly notes: readonly Note[]; readonly title?: string }) {
  if (notes.length === 0) return null;
  return (
    <Section title={title}>
      <ul class="said">
        {notes.map(({ by, note, at }) => (
          <li key={`${at} ${by} ${note}`} class="card">
            <p dir="auto">{note}</p>
            <p class="quiet" dir="auto">
              {by}, <Ago at={at} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
