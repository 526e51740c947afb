/** What the shop's provider says when it can't or won't; `code` is the provider's own. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: string;
  readonly reason: string;
  readonly status: number;

  constructor(path: string, { code, reason, status }: { code: string; reason: string; status: number }) {
    super(`The provider refused ${path}: ${status} ${code} (${reason})`);
    this.code = code;
    this.reason = reason;
    this.status = status;
  }
}

/** Calls the provider; the key makes a repeat harmless. */
export interface ProviderCall {
  <Answer>(
    path: string,
    body: object,
    context: { readonly idempotencyKey: string; readonly signal: AbortSignal },
  ): Promise<Answer>;
}

/** A {@link ProviderCall} to the provider at an address such as `http://127.0.0.1:3001`. */
export function createProviderCall(baseUrl: string): ProviderCall {
  return async <Answer>(path: string, body: object, { idempotencyKey, signal }: Parameters<ProviderCall>[2]) => {
    const response = await fetch(new URL(path, baseUrl), {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": idempotencyKey },
      body: JSON.stringify(body),
      signal,
    });
    if (response.ok) return (await response.json()) as Answer;
    const problem = (await response.json().catch(() => ({}))) as { code?: string; reason?: string; detail?: string };
    throw new ProviderError(path, {
      status: response.status,
      code: problem.code ?? "Unknown",
      reason: problem.reason ?? problem.detail ?? response.statusText,
    });
  };
}

/** Whether the provider refused with this code of its own. */
export function isRefusal(error: unknown, code: string): error is ProviderError {
  return error instanceof ProviderError && error.code === code;
}
