// Debian's Prometheus, for the tests of a file.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { promisify } from "node:util";
import { findPrometheus } from "../../scripts/broker-programs.mjs";
import { type Broker, brokerFolder, startBroker } from "./broker.ts";
import { lowPorts } from "./low-ports.ts";

/** A sample as the query API answers it. */
export interface QuerySample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

/** A Prometheus of one's own. */
export interface Prometheus extends Broker {
  query(expression: string): Promise<readonly QuerySample[]>;
}

/** Starts one with some files, of which `prometheus.yml` is its configuration. */
export async function startPrometheus(files: Readonly<Record<string, string>>): Promise<Prometheus> {
  const [port = 0] = await lowPorts(1);
  const folder = await brokerFolder("Prometheus");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const url = `http://127.0.0.1:${port}`;
  const broker = await startBroker({
    name: "Prometheus",
    url,
    folder,
    command: [
      // It says on its standard error that it is ready.
      ...["/bin/sh", "-c", 'exec "$0" "$@" 2>&1'],
      findPrometheus(process.env)?.server ?? "prometheus",
      "--config.file=prometheus.yml",
      `--web.listen-address=127.0.0.1:${port}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      "--log.format=json",
    ],
    env: {},
    readyLine: /Server is ready to receive web requests/,
  });
  return {
    ...broker,
    async query(expression) {
      const answer = await fetch(`${url}/api/v1/query`, {
        method: "POST",
        body: new URLSearchParams({ query: expression }),
      });
      const body = (await answer.json()) as { status: string; error?: string; data: { result: QuerySample[] } };
      if (body.status !== "success") throw new Error(`Prometheus refuses ${expression}: ${body.error}`);
      return body.data.result;
    },
  };
}

/** Runs `promtool`; what it wrote. @throws when it finds something wrong */
export async function promtool(args: readonly string[]): Promise<string> {
  const program = findPrometheus(process.env)?.promtool ?? "promtool";
  const { stdout, stderr } = await promisify(execFile)(program, args);
  return stdout + stderr;
}

/** Where this machine has no Prometheus, `skip` says so, and how to get it. */
export function prometheusOrSkip(): {
  readonly skip: string | false;
  /** Starts one, which ends after the last test. */
  readonly start: typeof startPrometheus;
} {
  const skip = findPrometheus(process.env)
    ? false
    : "There is no Prometheus here: on Debian, apt-get install --no-install-recommends prometheus";
  const started: Prometheus[] = [];
  after(async () => {
    for (const each of started) await each.stop();
  });
  const start: typeof startPrometheus = async (files) => {
    const prometheus = await startPrometheus(files);
    started.push(prometheus);
    return prometheus;
  };
  return { skip, start };
}
