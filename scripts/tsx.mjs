/** The flags with which Node runs the project's TypeScript sources. */
export const tsxFlags = ["--conditions=tenuto-source", "--import", "tsx"];
