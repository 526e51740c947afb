/** A place in what was sent, as a JSON pointer, and what is wrong there. */
export interface Issue {
  readonly pointer: string;
  readonly message: string;
}

/** What the API refused, or why it could not be asked; its message is for people. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly requestId: string | undefined;
  readonly issues: readonly Issue[];

  constructor(told: {
    readonly code: string;
    readonly status: number;
    readonly detail: string;
    readonly requestId?: string | undefined;
    readonly errors?: readonly Issue[] | undefined;
  }) {
    super(told.detail);
    this.code = told.code;
    this.status = told.status;
    this.requestId = told.requestId;
    this.issues = told.errors ?? [];
  }
}

/** Anything that was thrown, as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem({ code: "PAGE_ERROR", status: 0, detail });
}

/** The problem in an answer that is none of the successful ones. */
export async function problemIn(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const told = (typeof body === "object" && body !== null ? body : {}) as Partial<
    Record<"code" | "detail" | "requestId", string> & { readonly errors: readonly Issue[] }
  >;
  return new Problem({
    code: told.code ?? "UNREADABLE_ANSWER",
    status: response.status,
    detail: told.detail ?? `The server answered with status ${response.status}, and did not say why. Try again later.`,
    requestId: told.requestId,
    errors: told.errors,
  });
}
