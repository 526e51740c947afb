import { createSandbox } from "../sandbox/sandbox.ts";
import { readEnvironment } from "./environment.ts";

try {
  const { host, sandboxPort: port, dataDir } = readEnvironment(process.env);
  const sandbox = await listen({ host, port, dataDir });
  console.log(`sandbox: listening on ${sandbox.url}, ledger ${sandbox.ledgerPath}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void sandbox.close());
} catch (error) {
  console.error(`sandbox: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

interface Settings {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
}

async function listen({ host, port, dataDir }: Settings) {
  try {
    return await createSandbox({ dataDir }).listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new Error(`port ${port} on ${host} is busy. Free it, or set TENUTO_SANDBOX_PORT to another.`, {
      cause: error,
    });
  }
}
