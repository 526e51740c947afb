/** What the API answers when it refuses or fails, by RFC 9457, with the members that its problem has besides. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId?: string;
  /** What is wrong with a request, and where. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  /** How the dead letter can be redriven now. */
  readonly modes?: readonly string[];
}

/** A request that the API refused, or failed to do. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: string;
  readonly problem: Problem;
  /** Whether it may have been done nevertheless. */
  readonly mayBeDone: boolean;

  constructor(problem: Problem, { mayBeDone }: { readonly mayBeDone: boolean }) {
    super(problem.detail);
    this.code = problem.code;
    this.problem = problem;
    this.mayBeDone = mayBeDone;
  }
}
