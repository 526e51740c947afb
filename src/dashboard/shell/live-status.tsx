import { live } from "../http/live.ts";
import { useStore } from "../http/store.ts";

const names = { still: "", connecting: "Connecting", live: "Live", away: "Not live" } as const;

/** Whether what is shown changes by itself. */
export function LiveStatus() {
  const current = useStore(live);
  return (
    <p class={`live live-${current.status}`} role="status" title={current.status === "away" ? current.why : undefined}>
      {names[current.status]}
      {current.status === "away" && <span class="unseen">. {current.why}</span>}
    </p>
  );
}
