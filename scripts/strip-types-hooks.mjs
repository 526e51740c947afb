// Node's module hooks for strip-types.mjs.
import { fileURLToPath } from "node:url";
import { strippedSource } from "./stripped-source.mjs";

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  // Nothing to look for in what names a file of the project.
  if (/^\.{1,2}\/.*\.ts$/.test(specifier) && context.parentURL?.startsWith("file:")) {
    return { url: new URL(specifier, context.parentURL).href, shortCircuit: true };
  }
  return nextResolve(specifier, context);
}

/** @type {import("node:module").LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith("file:") || !/\.ts(\?.*)?$/.test(url)) return nextLoad(url, context);
  return { format: "module", source: strippedSource(fileURLToPath(url)), shortCircuit: true };
}
