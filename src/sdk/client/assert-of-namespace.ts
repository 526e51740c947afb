import { InvalidInput } from "../core/errors/invalid-input.ts";
import type { Temporal } from "./temporal.ts";

/** @throws `InvalidInput` when a tenant's client is asked for what belongs to all; `why` says what that is. */
export function assertOfNamespace({ tenant }: Temporal, why: string): void {
  if (tenant === undefined) return;
  throw new InvalidInput("The tenant", [{ pointer: "/tenant", message: `${why}: use a client without one` }]);
}
