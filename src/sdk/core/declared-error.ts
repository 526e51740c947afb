import type { z } from "zod";
import { isRetryableError, RetryableError } from "./retryable-error.ts";

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

interface FactoryOptions {
  readonly cause?: unknown;
  readonly message?: string;
}

/** Makes one error of a contract, and tells it from others by `is`. */
interface ErrorFactory<Data, Made extends Error> {
  (data: Data, options?: FactoryOptions): Made;
  /** Whether an unknown value is this error; holds across copies of the package. */
  is(error: unknown): error is Made;
}

/** Makes one declared error, and tells it from others by `is`. */
export type DeclaredErrorFactory<Type extends string, Data> = ErrorFactory<Data, DeclaredError<Type, Data>>;

/** Makes one retryable error, and tells it from others by `is`. */
export type RetryableErrorFactory<Type extends string, Data> = ErrorFactory<Data, RetryableError<Type, Data>>;

/** The factories of a contract's declared errors, by name. */
export type DeclaredErrors<Schemas extends ErrorSchemas> = {
  readonly [Type in keyof Schemas & string]: DeclaredErrorFactory<Type, z.output<Schemas[Type]>>;
};

/** The factories of a contract's retryable errors, by name. */
export type RetryableErrors<Schemas extends ErrorSchemas> = {
  readonly [Type in keyof Schemas & string]: RetryableErrorFactory<Type, z.output<Schemas[Type]>>;
};

/** Whether an unknown value is a {@link DeclaredError}, of any contract. */
export function isDeclaredError(error: unknown): error is DeclaredError {
  return error instanceof Error && error.name === "DeclaredError" && "type" in error && "data" in error;
}

export function declareErrors<Schemas extends ErrorSchemas>(schemas: Schemas): DeclaredErrors<Schemas> {
  return factoriesOf(schemas, (type): DeclaredErrorFactory<string, unknown> => {
    const is = (error: unknown): error is DeclaredError => isDeclaredError(error) && error.type === type;
    return Object.assign((data: unknown, options?: FactoryOptions) => new DeclaredError(type, data, options), { is });
  }) as DeclaredErrors<Schemas>;
}

export function retryableErrors<Schemas extends ErrorSchemas>(schemas: Schemas): RetryableErrors<Schemas> {
  return factoriesOf(schemas, (type): RetryableErrorFactory<string, unknown> => {
    const is = (error: unknown): error is RetryableError => isRetryableError(error) && error.type === type;
    return Object.assign((data: unknown, options?: FactoryOptions) => new RetryableError(type, data, options), { is });
  }) as RetryableErrors<Schemas>;
}

function factoriesOf<Factory>(schemas: ErrorSchemas, factory: (type: string) => Factory): Record<string, Factory> {
  return Object.fromEntries(Object.keys(schemas).map((type) => [type, factory(type)]));
}
