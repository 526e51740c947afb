import type { MachineOutline } from "tenuto";
import { Table } from "../parts/table.tsx";
import { transitionTold } from "./told.ts";

/** The transitions of a machine in words: what the diagram says, for who does not see it. */
export function TransitionTable({ transitions }: Pick<MachineOutline, "transitions">) {
  const rows = transitions.map((transition, place) => ({ ...transition, place }));
  return (
    <details class="card transitions">
      <summary>Its transitions, in words</summary>
      <Table
        caption="The transitions of the machine"
        rows={rows}
        keyOf={({ place }) => String(place)}
        empty={<p>It has none.</p>}
        columns={[
          { title: "From", cell: ({ from }) => from },
          { title: "On", cell: (transition) => transitionTold({ ...transition, isGuarded: false }) },
          { title: "Condition", cell: ({ isGuarded }) => (isGuarded ? "Has one" : "–") },
          { title: "To", cell: ({ to }) => (to.length === 0 ? "Stays" : to.join(", ")) },
        ]}
      />
    </details>
  );
}
