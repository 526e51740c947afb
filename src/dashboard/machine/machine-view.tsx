import type { CatalogueEntry } from "../../api/catalogue.ts";
import { MachineDrawing } from "./machine-drawing.tsx";
import { StateList } from "./state-list.tsx";
import { TransitionTable } from "./transition-table.tsx";

export interface MachineViewProps {
  readonly machine: NonNullable<CatalogueEntry["machine"]>;
  /** The innermost states that a run is in. @default none */
  readonly active?: readonly string[];
}

/** A machine as a diagram, and the same in words. */
export function MachineView({ machine, active = [] }: MachineViewProps) {
  const { name, outline, states } = machine;
  return (
    <div class="machine-view">
      <MachineDrawing {...{ name, outline, active }} />
      <StateList states={states} active={active} />
      <TransitionTable transitions={outline.transitions} />
    </div>
  );
}
