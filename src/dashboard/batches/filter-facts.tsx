import { Facts } from "../parts/facts.tsx";
import { exactly } from "../parts/time.tsx";
import { counted, words } from "../parts/words.ts";

/** Which dead letters, or runs, are meant. */
export function FilterFacts({ filter }: { readonly filter: object }) {
  const facts = (Object.entries(filter) as [string, unknown][]).map(
    ([name, value]) => [nameOf(name), textOf(name, value)] as const,
  );
  return <Facts facts={Object.fromEntries(facts)} />;
}

function nameOf(name: string): string {
  if (name === "all") return "Which";
  return name === "ids" ? "Picked" : words(name);
}

function textOf(name: string, value: unknown): string {
  if (name === "all") return "All that are open";
  if (Array.isArray(value)) return value.length <= 5 ? value.join(", ") : counted(value.length, "id");
  return name === "since" || name === "until" ? exactly(String(value)) : String(value);
}
