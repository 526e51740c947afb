import { z } from "zod";
import { longestPauseMs, type Pause } from "./pause.ts";
import { Problem } from "./problem.ts";

/** The outside services the sandbox stands for. */
export const serviceNames = ["stock", "payments", "shipping", "mail"] as const;

/** The name of an outside service. */
export type ServiceName = (typeof serviceNames)[number];

/** What `PUT /admin/services/{name}` takes; a member left out stays as it is. */
export const ServiceChange = z.strictObject({
  available: z.boolean().optional(),
  delayMs: z.int().min(0).max(longestPauseMs).optional(),
});

/** How a service behaves: not available, it answers 503; `delayMs` passes before it does anything. */
export interface ServiceState {
  readonly available: boolean;
  readonly delayMs: number;
}

/** Every service's state. It lives in memory: a restart heals. */
export class Services {
  readonly #states = new Map<ServiceName, ServiceState>(
    serviceNames.map((name) => [name, { available: true, delayMs: 0 }]),
  );
  readonly #pause: Pause;

  constructor(pause: Pause) {
    this.#pause = pause;
  }

  /** The state of one service. */
  state(name: ServiceName): ServiceState {
    return this.#states.get(name) ?? { available: true, delayMs: 0 };
  }

  /** All states by name. */
  states(): Readonly<Record<string, ServiceState>> {
    return Object.fromEntries(this.#states);
  }

  /** Breaks, slows or heals a service. */
  change(name: ServiceName, change: z.infer<typeof ServiceChange>): ServiceState {
    const before = this.state(name);
    const after = { available: change.available ?? before.available, delayMs: change.delayMs ?? before.delayMs };
    this.#states.set(name, after);
    return after;
  }

  /** Waits as long as the service is slow; throws a 503 problem when it is down. */
  async enter(name: ServiceName): Promise<void> {
    const { available, delayMs } = this.state(name);
    if (!available) {
      throw new Problem(503, "ServiceUnavailable", {
        detail: `The service "${name}" is down. PUT /admin/services/${name} {"available":true} heals it.`,
      });
    }
    if (delayMs > 0) await this.#pause(delayMs);
  }
}
