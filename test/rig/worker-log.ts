import { DefaultLogger, type LogEntry, Runtime } from "@temporalio/worker";

const listeners = new Set<(entry: LogEntry) => void>();
const printed = new DefaultLogger("ERROR");

// Once a process: every worker of a test file logs through it.
Runtime.install({
  logger: new DefaultLogger("DEBUG", (entry) => {
    for (const listener of listeners) listener(entry);
    printed.log(entry.level, entry.message, entry.meta);
  }),
});

/** Tells what the workers of this process log from now on; what it answers stops that. */
export function watchWorkerLog(listener: (entry: LogEntry) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
