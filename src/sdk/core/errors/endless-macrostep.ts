/** A machine that never comes to rest: what it does by itself, by `always` and `raise`, leads to more of it for ever. */
export class EndlessMacrostep extends Error {
  override readonly name = "EndlessMacrostep";
  readonly code = "ENDLESS_MACROSTEP";
  readonly machine: string;
  /** The paths of the states between which it goes. */
  readonly states: readonly string[];

  constructor(machine: string, states: readonly string[], steps: number) {
    const where = states.map((state) => JSON.stringify(state)).join(", ");
    super(
      `Machine "${machine}" does not come to rest: after ${steps} steps by itself it still goes on in ${where}. ` +
        "Give an `always` a guard that ends it, or raise no event in answer to itself.",
    );
    this.machine = machine;
    this.states = states;
  }
}
