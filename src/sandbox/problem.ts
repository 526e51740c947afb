import { STATUS_CODES } from "node:http";

/** One place in a request body that can't be used; `pointer` is a JSON pointer (RFC 6901). */
export interface InvalidField {
  readonly pointer: string;
  readonly message: string;
}

/** What a problem may say beyond the members every problem has. */
export interface ProblemExtension {
  readonly reason?: string;
  readonly errors?: readonly InvalidField[];
}

/** An answer other than 200: thrown anywhere, written once, at the edge, as `application/problem+json`. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly extension: ProblemExtension;

  constructor(status: number, code: string, options: { readonly detail: string } & ProblemExtension) {
    const { detail, ...extension } = options;
    super(detail);
    this.status = status;
    this.code = code;
    this.extension = extension;
  }

  /** The body of the answer. */
  toJSON(): Readonly<Record<string, unknown>> {
    return {
      type: "about:blank",
      title: STATUS_CODES[this.status] ?? "Error",
      status: this.status,
      code: this.code,
      detail: this.message,
      ...this.extension,
    };
  }
}
