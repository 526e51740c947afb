import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventSource, EventTransport } from "tenuto";
import type { ConsumerHost, EventAdapter, EventConsumer } from "tenuto/events";
import { BrokerNotUsable, EventIntake, readMessage } from "tenuto/events";

/** Files that are dropped into a folder; each is one event. */
export interface FolderTransport extends EventTransport {
  readonly kind: "folder";
  /** The NAME of the environment variable with the folder's path. */
  readonly path: string;
}

export const adapter: EventAdapter<FolderTransport> = { kind: "folder", start: watch };

const lookEveryMs = 100;
const mostUnderWay = 5;

async function watch(source: EventSource<FolderTransport>, host: ConsumerHost): Promise<EventConsumer> {
  const path = host.variables[source.from.path];
  if (!path) throw new BrokerNotUsable(source.name, `${source.from.path} is not set to a folder. Set it.`);
  for (const name of ["done", "dead"]) await mkdir(join(path, name), { recursive: true });

  const intake = new EventIntake(source, host);
  const underWay = new Map<string, Promise<void>>();
  const looking = new AbortController();
  const holding = new AbortController();
  let isPaused = host.startsPaused ?? false;
  let isConnected = true;

  const waiting = async () => {
    // One that is moved away while the folder is read is none.
    const taken = new Set(underWay.keys());
    const names = await readdir(path);
    return names.filter((name) => name.endsWith(".json") && !taken.has(name)).sort();
  };
  const settle = async (name: string) => {
    const content = await readFile(join(path, name));
    const settled = await intake.take({ content, read: () => readMessage({ content }), signal: holding.signal });
    // It was stopped: the file stays, and the next one takes it.
    if (!settled) return;
    if (settled.status === "poison") await writeFile(join(path, "dead", `${name}.why`), settled.why);
    await rename(join(path, name), join(path, settled.status === "done" ? "done" : "dead", name));
  };
  const failed = (error: unknown) => intake.failed(error, `The folder of "${source.name}" is tried again`);
  const look = async () => {
    const names = await waiting();
    isConnected = true;
    const room = isPaused || looking.signal.aborted ? 0 : mostUnderWay - underWay.size;
    for (const name of names.slice(0, room)) {
      const settling = settle(name)
        .catch(failed)
        .finally(() => underWay.delete(name));
      underWay.set(name, settling);
    }
  };
  const run = async () => {
    while (!looking.signal.aborted) {
      await look().catch((error: unknown) => {
        isConnected = false;
        failed(error);
      });
      await sleep(lookEveryMs, undefined, { signal: looking.signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    source: source.name,
    status: () => intake.status({ isStopped: looking.signal.aborted, isPaused, isConnected, inFlight: underWay.size }),
    backlog: async () => (await waiting()).length,
    async pause() {
      isPaused = true;
    },
    async resume() {
      isPaused = false;
    },
    async stop(withinMs = 10_000) {
      looking.abort();
      await running;
      const settled = Promise.all(underWay.values());
      await Promise.race([settled, sleep(withinMs, undefined, { ref: false })]);
      holding.abort();
      await settled;
    },
  };
}
