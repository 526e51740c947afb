import type { MachineTrigger, OutlinedTransition } from "tenuto";

/** Whether a machine that is in some states is in this one, too: an active state makes all around it active. */
export function isActive(path: string, active: readonly string[]): boolean {
  return active.some((each) => each === path || each.startsWith(`${path}.`));
}

/** A state's own name. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** What a transition is taken on, in a few words. */
export function transitionTold({ on, isGuarded, to }: OutlinedTransition): string {
  return `${triggerTold(on)}${isGuarded ? ", if" : ""}${to.length === 0 ? ", stays" : ""}`;
}

function triggerTold(on: MachineTrigger): string {
  switch (on.kind) {
    case "event":
      return on.event;
    case "after":
      return `after ${on.after}`;
    case "always":
      return "at once";
    case "done":
      return "done";
    case "output":
      return `${on.step} done`;
    case "failure":
      return `${on.step} failed`;
    case "failureWithin":
      return "a step failed";
  }
}
