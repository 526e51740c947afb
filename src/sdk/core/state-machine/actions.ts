import type { Actions } from "./state-node.ts";
import { listed, type WrittenActions } from "./written-state.ts";

/** What an entry, an exit or a transition does. */
export function actionsOf({ assign, raise }: WrittenActions = {}): Actions {
  const events = typeof raise === "function" ? raise : () => listed(raise);
  return {
    ...(assign && { assign }),
    raise: (given) => events(given).map((event) => (typeof event === "string" ? { type: event, data: {} } : event)),
  };
}
