import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createApp } from "./app.ts";
import { openLedger, type Ledger } from "./ledger.ts";
import { MagicFailures } from "./magic.ts";
import { createPause } from "./pause.ts";
import { Provider } from "./provider.ts";
import { Services } from "./services.ts";

/** Where a sandbox keeps its files. */
export interface SandboxOptions {
  readonly dataDir: string;
}

/** Where a sandbox listens; port 0 takes a free one. */
export interface ListenOptions {
  readonly port: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
}

/** A sandbox that listens. */
export interface RunningSandbox {
  readonly url: string;
  readonly ledgerPath: string;
  /** Stops at once: late effects still to come are dropped, callers are cut off, what is being written is finished. */
  close(): Promise<void>;
}

/** A sandbox provider that can be started. */
export interface Sandbox {
  /** Resolves when requests are answered; rejects with Node's error when the address can't be used. */
  listen(options: ListenOptions): Promise<RunningSandbox>;
}

/** The shop's outside world (stock, payments, shipping, mail) over HTTP, with its ledger in `dataDir`. */
export function createSandbox({ dataDir }: SandboxOptions): Sandbox {
  return {
    async listen({ port, host = "127.0.0.1" }) {
      // The address first: it keeps a second sandbox from cutting a line that the first is just writing.
      const server = createServer().listen(port, host);
      await once(server, "listening");

      const closing = new AbortController();
      const opening = open(dataDir, closing.signal);
      server.on("request", (request, response) => {
        opening.then(
          ({ app }) => app(request, response),
          () => request.destroy(),
        );
      });
      try {
        const { ledger } = await opening;
        return createRunning(server, { ledger, closing });
      } catch (error) {
        await closeServer(server);
        throw error;
      }
    },
  };
}

interface OpenSandbox {
  readonly ledger: Ledger;
  readonly app: RequestListener;
}

async function open(dataDir: string, signal: AbortSignal): Promise<OpenSandbox> {
  const ledger = await openLedger(dataDir);
  const pause = createPause(signal);
  const services = new Services(pause);
  const magic = new MagicFailures();
  try {
    const provider = new Provider({ ledger, services, magic, pause });
    return { ledger, app: createApp({ provider, ledger, services, magic }) };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

interface RunningParts {
  readonly ledger: Ledger;
  readonly closing: AbortController;
}

function createRunning(server: Server, { ledger, closing }: RunningParts): RunningSandbox {
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    await closeServer(server);
    await ledger.close();
  };
  return {
    url: urlOf(server),
    ledgerPath: ledger.path,
    close: () => (closed ??= close()),
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The sandbox listens on no TCP port.");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
