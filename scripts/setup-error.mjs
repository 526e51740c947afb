/** A set-up step that can't be done; its message says what to do, so it is shown without a stack. */
export class SetupError extends Error {
  name = "SetupError";
}

/**
 * Runs a script's main function; a {@link SetupError} ends it with its message, anything else with its stack.
 *
 * @param {() => Promise<number>} main answers the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
