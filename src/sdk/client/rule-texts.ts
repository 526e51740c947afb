// Parts of what alerts say.

export function ofType(type: string | undefined): string {
  return type === undefined ? "" : ` of workflow "${type}"`;
}

export function minutes(ms: number): string {
  return ms < 60_000 ? `${ms / 1_000} s` : `${Math.round(ms / 6_000) / 10} min`;
}
