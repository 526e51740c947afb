/** Recorded histories that the workflow code of today would not make again; each problem names its run and step. */
export class HistoriesDiffer extends Error {
  override readonly name = "HistoriesDiffer";
  readonly code = "HISTORIES_DIFFER";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Today's workflow code does not do again what was recorded:\n${problems.join("\n")}`);
    this.problems = problems;
  }
}
