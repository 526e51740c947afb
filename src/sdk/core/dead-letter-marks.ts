import type { DeadLetterKind, DeadLetterRecord, DeadLetterStatus } from "./dead-letter.ts";
import { deadLetterMark } from "./dead-letter-id.ts";

/** By what a dead letter can be looked for. */
export interface LetterFacets {
  readonly kind?: DeadLetterKind | undefined;
  readonly status?: DeadLetterStatus | undefined;
  readonly type?: string | undefined;
  readonly step?: string | undefined;
  readonly fingerprint?: string | undefined;
}

const prefixes = {
  kind: "kind",
  status: "dl-status",
  type: "type",
  step: "step",
  fingerprint: "fp",
} as const satisfies Record<keyof LetterFacets, string>;

/** The mark that every dead letter with this facet has. */
export function facetMark(facet: keyof LetterFacets, value: string): string {
  return `${prefixes[facet]}:${value}`;
}

/** The marks of what is looked for, or of a letter. */
export function facetMarks(facets: LetterFacets): readonly string[] {
  const named = Object.keys(prefixes) as (keyof LetterFacets)[];
  return named.flatMap((facet) => {
    const value = facets[facet];
    return value === undefined ? [] : [facetMark(facet, value)];
  });
}

/** By which marks a dead letter's workflow is found. */
export function marksOfLetter(record: Pick<DeadLetterRecord, "id"> & LetterFacets): readonly string[] {
  return [deadLetterMark(record.id), ...facetMarks(record)];
}
