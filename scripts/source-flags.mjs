/** The flags with which Node runs the project's TypeScript sources. */
export const sourceFlags = [
  "--conditions=tenuto-source",
  "--import",
  new URL("./strip-types.mjs", import.meta.url).href,
];
