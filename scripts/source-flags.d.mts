/** The flags with which Node runs the project's TypeScript sources. */
export declare const sourceFlags: readonly string[];
/** The flags of the tests' processes. */
export declare const testFlags: readonly string[];
