import { setTimeout as sleep } from "node:timers/promises";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that was started, whatever kind it is. */
export interface RunningProcess {
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): void;
}

/** Sends SIGTERM, waits for the end, and sends SIGKILL after `patienceMs`. */
export async function stopProcess(running: RunningProcess, patienceMs: number): Promise<void> {
  const done = new AbortController();
  running.kill("SIGTERM");
  const late = sleep(patienceMs, undefined, { signal: done.signal }).then(
    () => running.kill("SIGKILL"),
    () => undefined,
  );
  await running.exited;
  done.abort();
  await late;
}

/** For example `exit code 1` or `signal SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`;
}
