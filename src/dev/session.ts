// Everything `npm run dev` runs, from the first port to the last process. Children have process groups of their own, so a
// Ctrl-C reaches this process only, which ends them in order; should this process die, each child ends by itself.
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "../bin/environment.ts";
import { affectedProcesses, type SourceProcess } from "./affected.ts";
import { apiUrl, readyBanner } from "./banner.ts";
import type { Speaker } from "./console-lines.ts";
import { spawnEmbeddedServer } from "./embedded-server.ts";
import { spawnNode, type NodeProcess } from "./node-process.ts";
import { PlainReload } from "./plain-reload.ts";
import { becomesReady } from "./readiness.ts";
import { stopProcess, type RunningProcess } from "./running-process.ts";
import { watchSources } from "./source-watch.ts";
import { SupervisedProcess } from "./supervised-process.ts";
import { WorkerReload } from "./worker-reload.ts";

const STOP_WITHIN_MS = 15_000;
const SERVER_STOPS_WITHIN_MS = 5_000;

/** The scripts that a session runs. */
export type EntryPoints = Readonly<Record<SourceProcess | "setupNamespace", string>>;

/** What a session of `npm run dev` works with. */
export interface DevSessionOptions {
  readonly environment: Environment;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lines: (speaker: Speaker) => (line: string) => void;
  readonly entryPoints: EntryPoints;
  /** The folder whose changes are loaded. */
  readonly sources: string;
}

/** The entry points and sources of this project. */
export const projectSources = {
  entryPoints: {
    worker: script("worker"),
    api: script("api"),
    sandbox: script("sandbox"),
    setupNamespace: script("setup-namespace"),
  },
  sources: fileURLToPath(new URL("..", import.meta.url)),
} satisfies Pick<DevSessionOptions, "entryPoints" | "sources">;

/** The processes of one `npm run dev`. */
export class DevSession {
  readonly #options: DevSessionOptions;
  readonly #childEnv: Readonly<Record<string, string | undefined>>;
  readonly #stopping = new AbortController();
  readonly #processes: Readonly<Record<SourceProcess, SupervisedProcess<NodeProcess>>>;
  readonly #workerReload: WorkerReload;
  #server: SupervisedProcess<RunningProcess> | undefined;
  #setup: NodeProcess | undefined;
  #watch: { close(): void } | undefined;

  constructor(options: DevSessionOptions) {
    this.#options = options;
    this.#childEnv = childEnvironment(options);
    this.#processes = {
      worker: this.#supervise("worker"),
      api: this.#supervise("api"),
      sandbox: this.#supervise("sandbox"),
    };
    this.#workerReload = new WorkerReload({
      worker: this.#processes.worker,
      spawnCandidate: () => this.#spawn("worker", { TENUTO_WORKER_HANDOVER: "1" }),
      say: options.lines("worker"),
    });
  }

  /**
   * Starts everything and resolves once it is ready, or stopped.
   *
   * @throws Error when the Temporal server or its namespace can't be set up.
   */
  async start(): Promise<void> {
    const { env, environment, lines } = this.#options;
    if (!env["TEMPORAL_ADDRESS"]) await this.#startServer();
    await this.#setUpNamespace();
    if (this.#stopping.signal.aborted) return;
    for (const name of ["sandbox", "worker", "api"] as const) this.#processes[name].start();
    this.#watchSources();
    const isReady = await becomesReady({
      urls: {
        worker: `http://127.0.0.1:${environment.metricsPort}/readyz`,
        api: `${apiUrl(environment)}/readyz`,
      },
      signal: this.#stopping.signal,
      onWait: (missing) => lines("dev")(`waiting for: ${missing.join(", ")}`),
    });
    if (isReady) readyBanner(environment).forEach(lines("dev"));
  }

  /** Ends every process, those first that use the others; what is left after 15 s is killed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#watch?.close();
    const deadline = Date.now() + STOP_WITHIN_MS - SERVER_STOPS_WITHIN_MS;
    const left = () => Math.max(deadline - Date.now(), 500);
    if (this.#setup) await stopProcess(this.#setup, left());
    await this.#processes.api.stop(left());
    await Promise.all([this.#workerReload.stop(left()), this.#processes.worker.stop(left())]);
    await this.#processes.sandbox.stop(left());
    await this.#server?.stop(SERVER_STOPS_WITHIN_MS);
  }

  /** Ends every process at once. */
  kill(): void {
    this.#stopping.abort();
    this.#watch?.close();
    this.#setup?.kill("SIGKILL");
    this.#workerReload.kill();
    for (const process of [...Object.values(this.#processes), this.#server]) process?.kill();
  }

  async #startServer(): Promise<void> {
    const { env, environment, lines } = this.#options;
    const binary = env["TEMPORAL_CLI_PATH"];
    if (!binary) throw new Error("TEMPORAL_CLI_PATH is not set. Start by npm run dev, which finds a Temporal server.");
    const spawn = () =>
      spawnEmbeddedServer({
        binary,
        dbFile: join(environment.dataDir, "temporal.db"),
        port: environment.temporalPort,
        uiPort: environment.temporalUiPort,
        ...(environment.encryptionKeys !== undefined && { codecUrl: `${apiUrl(environment)}/v1/codec` }),
        env,
        onLine: lines("server"),
      });
    const server = new SupervisedProcess<RunningProcess>({ spawn, say: lines("server") });
    const first = spawn();
    this.#server = server;
    let hasAnswered = false;
    server.adopt(first, () => hasAnswered && server.start());
    await Promise.race([first.ready, once(this.#stopping.signal, "abort")]);
    hasAnswered = true;
  }

  async #setUpNamespace(): Promise<void> {
    const { entryPoints, env, lines } = this.#options;
    if (this.#stopping.signal.aborted) return;
    this.#setup = spawnNode({ script: entryPoints.setupNamespace, env: this.#childEnv, onLine: lines("setup") });
    const { code } = await this.#setup.exited;
    this.#setup = undefined;
    if (code === 0 || this.#stopping.signal.aborted) return;
    if (!env["TEMPORAL_ADDRESS"]) throw new Error("The namespace could not be set up; the reason is above.");
    lines("setup")("the namespace of TEMPORAL_ADDRESS could not be set up; going on with it as it is");
  }

  #watchSources(): void {
    const { lines, sources } = this.#options;
    const reloads: Readonly<Record<SourceProcess, { changed(): void }>> = {
      worker: this.#workerReload,
      api: new PlainReload(this.#processes.api, lines("api")),
      sandbox: new PlainReload(this.#processes.sandbox, lines("sandbox")),
    };
    this.#watch = watchSources({
      directory: sources,
      onChange: (files) => {
        const affected = new Set([...files].flatMap(affectedProcesses));
        for (const name of affected) reloads[name].changed();
      },
    });
  }

  #supervise(name: SourceProcess): SupervisedProcess<NodeProcess> {
    return new SupervisedProcess({ spawn: () => this.#spawn(name), say: this.#options.lines(name) });
  }

  #spawn(name: SourceProcess, more: Readonly<Record<string, string>> = {}): NodeProcess {
    const { entryPoints, lines } = this.#options;
    return spawnNode({ script: entryPoints[name], env: { ...this.#childEnv, ...more }, onLine: lines(name) });
  }
}

/** With the embedded server, nothing else that could point a client elsewhere reaches the children. */
function childEnvironment({ env, environment }: DevSessionOptions): Record<string, string | undefined> {
  if (env["TEMPORAL_ADDRESS"]) return { ...env };
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("TEMPORAL_")));
  return {
    ...rest,
    TEMPORAL_ADDRESS: `127.0.0.1:${environment.temporalPort}`,
    // A file that isn't there: an empty one is refused, and the default one may name somebody's server.
    TEMPORAL_CONFIG_FILE: join(environment.dataDir, "no-temporal.toml"),
    ...(env["TEMPORAL_NAMESPACE"] && { TEMPORAL_NAMESPACE: env["TEMPORAL_NAMESPACE"] }),
  };
}

function script(name: string): string {
  return fileURLToPath(new URL(`../bin/${name}.ts`, import.meta.url));
}
