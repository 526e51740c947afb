import { z } from "zod";
import { machineOf } from "../../../src/sdk/core/state-machine/define-state-machine.ts";
import type { WrittenState } from "../../../src/sdk/core/state-machine/written-state.ts";

const long = "long".repeat(75);

/** Names that Mermaid, Markdown or JavaScript give a meaning to, and that definitions allow. */
const hostileNames = [
  ...["state", "end", "note", "end-note", "class", "classDef", "style", "click", "href", "default", "direction", "TB"],
  ...["fork", "choice", "as", "stateDiagram-v2", "accTitle", "hide", "s1", "s2", "s3", "root", "root_start", "machine"],
  ...["constructor", "toString", "hasOwnProperty", "a--b", "a---", "a_b_c", "a-_b_", "a-__b__", "a__", "x-_", long],
] as const;

/** Delays may be called anything that begins with no digit. */
export const hostileDelays = [
  ...[
    "x direction TB y",
    "DIRECTION lr",
    "a: b --> [*]",
    "a\nend note\n[*] --> s1",
    "%%{init: {}}%% x",
    'a" as s1 {',
    "}",
  ],
  ...["<img src=x onerror=\"document.title='hacked'\">", "<br>", "</svg><script>1</script>", "&lt;b&gt; &#60;", "#60;"],
  ...["**bold** `code` ~~gone~~ [a](javascript:1)", "$$x^2$$", "1) - a; b", "x <<choice>> [[fork]]", "é 語 😀"],
  ...["   ", "---", "--", ":::active", `w ${long}`, "w w-w ".repeat(40)],
] as const;

/** A machine with all of these names, as states, events, steps and delays. */
export function hostileMachine() {
  const schemas = Object.fromEntries(hostileNames.map((name) => [name, z.json()]));
  const delays = Object.fromEntries(hostileDelays.map((name) => [name, () => "1s"]));
  const named = { name: "hostile", version: 1, context: z.json(), description: "", events: schemas, steps: schemas };
  const states = Object.fromEntries(
    hostileNames.map((name, index) => [name, hostileState(name, hostileNames[index + 1] ?? "state", index)] as const),
  );
  return machineOf(named, { ...named, initial: "state", delays, states });
}

function hostileState(name: string, next: string, index: number): WrittenState {
  const delay = hostileDelays[index];
  return {
    on: { [name]: [{ guard: () => true, target: next }, { target: name }, {}] },
    invoke: { step: name, onDone: { target: next }, onError: { target: name } },
    ...(delay !== undefined && { after: { [delay]: { target: index % 2 === 0 ? next : name } } }),
  };
}
