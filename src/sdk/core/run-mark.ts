/** What a run is found by besides its type and status: `partial` has an undo that gave up. */
export type RunMark = "partial";

/** The search attribute (KeywordList) that holds the marks of a run. */
export const marksAttribute = "TenutoMarks";
