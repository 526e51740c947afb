import type { z } from "zod";

/** Schemas of the errors that a contract declares, by name; the schema is that of the error's data. */
export type ErrorSchemas = Readonly<Record<string, z.ZodType>>;

/** An error that is part of a contract: it decides something, is never retried, and carries typed data. */
export class DeclaredError<Type extends string = string, Data = unknown> extends Error {
  override readonly name = "DeclaredError";
  readonly code = "DECLARED_ERROR";
  /** The name under which the contract declares it. */
  readonly type: Type;
  readonly data: Data;

  constructor(type: Type, data: Data, options?: { readonly cause?: unknown; readonly message?: string }) {
    super(options?.message ?? type, options?.cause === undefined ? undefined : { cause: options.cause });
    this.type = type;
    this.data = data;
  }
}

/** Makes one declared error, and tells it from others by `is`. */
export interface DeclaredErrorFactory<Type extends string, Data> {
  (data: Data, options?: { readonly cause?: unknown; readonly message?: string }): DeclaredError<Type, Data>;
  /** Whether an unknown value is this error; holds across copies of the package. */
  is(error: unknown): error is DeclaredError<Type, Data>;
}

/** The factories of a contract's declared errors, by name. */
export type DeclaredErrors<Schemas extends ErrorSchemas> = {
  readonly [Type in keyof Schemas & string]: DeclaredErrorFactory<Type, z.output<Schemas[Type]>>;
};

/** Whether an unknown value is a {@link DeclaredError}, of any contract. */
export function isDeclaredError(error: unknown): error is DeclaredError {
  return error instanceof Error && error.name === "DeclaredError" && "type" in error && "data" in error;
}

export function declareErrors<Schemas extends ErrorSchemas>(schemas: Schemas): DeclaredErrors<Schemas> {
  const factories = Object.keys(schemas).map((type) => [type, declaredErrorFactory(type)] as const);
  return Object.fromEntries(factories) as unknown as DeclaredErrors<Schemas>;
}

function declaredErrorFactory(type: string): DeclaredErrorFactory<string, unknown> {
  const create = (data: unknown, options?: { readonly cause?: unknown; readonly message?: string }) =>
    new DeclaredError(type, data, options);
  const is = (error: unknown): error is DeclaredError => isDeclaredError(error) && error.type === type;
  return Object.assign(create, { is });
}
