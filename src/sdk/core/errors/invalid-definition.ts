/** What is wrong with a definition: the offender, what was got, and what to write instead. */
export interface DefinitionProblem {
  readonly what: string;
  readonly got: unknown;
  readonly remedy: string;
}

/** A contract or an app that can't mean anything sound; thrown when it is defined, so nothing runs with it. */
export class InvalidDefinition extends Error {
  override readonly name = "InvalidDefinition";
  readonly code = "INVALID_DEFINITION";
  readonly problem: DefinitionProblem;

  constructor(problem: DefinitionProblem) {
    super(`${problem.what} is not usable: got ${show(problem.got)}. ${problem.remedy}`);
    this.problem = problem;
  }
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
