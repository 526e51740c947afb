import { isActive } from "./told.ts";

export interface StateListProps {
  readonly states: readonly string[];
  readonly active: readonly string[];
}

/** All states, those it is in marked. */
export function StateList({ states, active }: StateListProps) {
  return (
    <ul class="states" aria-label="States">
      {states.map((state) => (
        <li key={state} aria-current={isActive(state, active) ? "step" : undefined}>
          {state}
        </li>
      ))}
    </ul>
  );
}
