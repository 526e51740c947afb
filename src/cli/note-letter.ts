import type { DeadLetterDetails } from "tenuto/client";
import type { Cli } from "./cli.ts";

/** Adds a note to a dead letter. */
export async function noteLetter({ api, output, isJson }: Cli, id: string, note: string): Promise<undefined> {
  const letter = await api.post<DeadLetterDetails>(`/v1/dead-letters/${encodeURIComponent(id)}/notes`, { note });
  if (isJson) {
    output.json(letter);
    return;
  }
  const { length } = letter.notes;
  output.line(
    `Added a note to dead letter ${letter.id}, which has ${length === 1 ? "1 note" : `${length} notes`} now.`,
  );
}
