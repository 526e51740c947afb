/** Runs a benchmark, then undoes what it set up, last first, also when it fails or is stopped. */
export async function withCleanUp(
  main: (cleanUps: (() => Promise<void> | void)[], stopped: AbortSignal) => Promise<void>,
): Promise<void> {
  const cleanUps: (() => Promise<void> | void)[] = [];
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      stop.abort(new Error(`stopped by ${signal}`));
    });
  }
  try {
    await main(cleanUps, stop.signal);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  }
}
