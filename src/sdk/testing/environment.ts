/** A variable of the environment; an empty one counts as unset. */
export function testEnvironment(name: "TEMPORAL_CLI_PATH" | "XDG_CACHE_HOME"): string | undefined {
  // eslint-disable-next-line no-restricted-properties -- a test has no entry point of its own that could read it
  return process.env[name] || undefined;
}

/** The environment for a process that is no test itself. */
export function environmentOfChild(): NodeJS.ProcessEnv {
  // eslint-disable-next-line no-restricted-properties -- a test has no entry point of its own that could read it
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  return environment;
}
