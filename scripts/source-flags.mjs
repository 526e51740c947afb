/** The flags with which Node runs the project's TypeScript sources. */
export const sourceFlags = [
  "--conditions=tenuto-source",
  "--import",
  new URL("./strip-types.mjs", import.meta.url).href,
];

/**
 * The flags of the tests' processes. They live for seconds: what V8's optimizing compiler does for them, on threads of its
 * own, is a third of their processor time and pays nowhere. So a function has to be much hotter than by V8's default
 * (132 KiB of bytecode) before it is optimized.
 */
export const testFlags = ["--interrupt-budget=2000000", ...sourceFlags];
