import { InvalidEnvironment, readEnvironment, type Environment } from "../bin/environment.ts";
import { createConsoleLines } from "./console-lines.ts";
import { portProblems, type PortClaim } from "./ports.ts";
import { DevSession, projectSources, type DevSessionOptions } from "./session.ts";

/** Signals closer together than this are one Ctrl-C: npm hands on what the terminal has already sent to everybody. */
const ONE_CTRL_C_MS = 500;

/** Runs everything of `npm run dev` until a signal or the end of the parent; sets the exit code. */
export async function runDev(
  env: Readonly<Record<string, string | undefined>>,
  parts: Pick<DevSessionOptions, "entryPoints" | "sources"> = projectSources,
): Promise<void> {
  const lines = createConsoleLines(process.stdout);
  const environment = await usableEnvironment(env);
  if (!environment) {
    process.exitCode = 1;
    process.disconnect?.();
    return;
  }
  const session = new DevSession({ environment, env, lines, ...parts });
  endOnSignals(session, lines("dev"));
  try {
    await session.start();
  } catch (error) {
    lines("dev")(error instanceof Error ? error.message : String(error));
    await session.stop();
    process.exit(1);
  }
}

async function usableEnvironment(env: Readonly<Record<string, string | undefined>>): Promise<Environment | undefined> {
  try {
    const environment = readEnvironment(env);
    const problems = await portProblems(claimedPorts(environment, env["TEMPORAL_ADDRESS"]));
    if (problems.length === 0) return environment;
    console.error(`npm run dev can't start:\n  ${problems.join("\n  ")}`);
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    console.error(error.message);
  }
  return undefined;
}

function claimedPorts(environment: Environment, temporalAddress: string | undefined): readonly PortClaim[] {
  const { apiPort, host, metricsPort, sandboxPort, temporalPort, temporalUiPort } = environment;
  const loopback = "127.0.0.1";
  const embedded = [
    { variable: "TENUTO_TEMPORAL_PORT", port: temporalPort, host: loopback, use: "Temporal server" },
    { variable: "TENUTO_TEMPORAL_UI_PORT", port: temporalUiPort, host: loopback, use: "Temporal Web UI" },
  ];
  return [
    { variable: "TENUTO_PORT", port: apiPort, host, use: "API" },
    { variable: "TENUTO_SANDBOX_PORT", port: sandboxPort, host, use: "sandbox" },
    { variable: "TENUTO_METRICS_PORT", port: metricsPort, host: loopback, use: "worker's metrics" },
    ...(temporalAddress ? [] : embedded),
  ];
}

function endOnSignals(session: DevSession, say: (line: string) => void): void {
  let endingSince: number | undefined;
  const end = () => {
    if (endingSince === undefined) {
      endingSince = Date.now();
      say("ending … (Ctrl-C again kills at once)");
      void session.stop().then(() => process.exit(0));
    } else if (Date.now() - endingSince > ONE_CTRL_C_MS) {
      session.kill();
      // Long enough for the server's guard to hear of it.
      setTimeout(() => process.exit(130), 200);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  process.once("disconnect", end);
}
