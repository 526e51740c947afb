// What Mermaid draws of a machine, as a browser shows it.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Tab } from "../../rig/browser.ts";

const require = createRequire(import.meta.url);

/** Where something is on the page, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A state as it is drawn. */
export interface Shape extends Box {
  readonly id: string;
  readonly isActive: boolean;
  readonly text: string;
  /** Where its text is. */
  readonly label: Box;
}

export interface Drawing {
  readonly shapes: readonly Shape[];
  /** The texts at arrows. */
  readonly labels: readonly string[];
  readonly arrows: number;
  /** What a script in a name could have put on the page. */
  readonly strangers: number;
}

export type Draw = (diagram: string) => Promise<Drawing>;

/** Loads Mermaid, which then draws one diagram after the other in this tab. */
export async function drawsIn(tab: Tab): Promise<Draw> {
  const mermaid = require.resolve("mermaid/dist/mermaid.min.js");
  await tab.run(`${await readFile(mermaid, "utf8")}; ${inThePage}; mermaid.initialize({ startOnLoad: false })`);
  return (diagram) => tab.read<Drawing>(`draw(${JSON.stringify(diagram)})`);
}

// White space is what layout makes of it: a line may be broken anywhere.
const inThePage = `
const textOf = (element) => element.innerText.replace(/\\s+/g, " ").trim();
const boxOf = (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
};
const shapeOf = (element) => {
  const label = element.querySelector(".nodeLabel");
  const { id, classList } = element;
  return { id, isActive: classList.contains("active"), text: textOf(label), label: boxOf(label), ...boxOf(element) };
};
globalThis.draw = async (diagram) => {
  document.body.replaceChildren();
  const { svg } = await mermaid.render("machine", diagram);
  document.body.innerHTML = svg;
  if (document.querySelector(".error-icon, .error-text")) throw new Error("Mermaid drew its picture of an error");
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    shapes: all("g.statediagram-state").filter((each) => each.querySelector(".nodeLabel")).map(shapeOf),
    labels: all("span.edgeLabel").map(textOf).filter((text) => text !== ""),
    arrows: all("path.transition").length,
    strangers: all("img, script, iframe, a").length,
  };
}`;
