// A RabbitMQ of one's own: the node, and the name server of Erlang that it insists on, all on loopback.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findRabbit } from "../../scripts/broker-programs.mjs";
import { spawnGuarded } from "../../src/dev/guarded-process.ts";
import { stopProcess } from "../../src/dev/running-process.ts";
import { type Broker, brokerFolder, startBroker } from "./broker.ts";
import { lowPorts } from "./low-ports.ts";

interface Ports {
  readonly amqp: number;
  readonly epmd: number;
  readonly distribution: number;
}

/**
 * A RabbitMQ without plugins; its only user is `guest`. It writes down that there is a quorum queue three seconds after the
 * queue is declared: one that is younger when the broker is killed is gone, with what was confirmed in it.
 */
export async function startRabbit(): Promise<Broker> {
  const programs = findRabbit(process.env) ?? { server: "rabbitmq-server", epmd: "epmd" };
  const [amqp = 0, epmd = 0, distribution = 0] = await lowPorts(3);
  const folder = await brokerFolder("RabbitMQ");
  const env = await makeEnvironment(folder, { amqp, epmd, distribution });
  const names = spawnGuarded(programs.epmd, [], { env, cwd: folder, onLine: () => undefined });
  const stopNames = () => stopProcess(names, 2_000);
  try {
    const broker = await startBroker({
      name: "RabbitMQ",
      url: `amqp://guest:guest@127.0.0.1:${amqp}`,
      folder,
      command: [programs.server],
      env,
      readyLine: /Server startup complete/,
    });
    const stop = async () => {
      await broker.stop();
      await stopNames();
    };
    return { ...broker, stop };
  } catch (error) {
    await stopNames();
    throw error;
  }
}

async function makeEnvironment(folder: string, ports: Ports): Promise<Readonly<Record<string, string>>> {
  const place = (name: string) => join(folder, name);
  await writeFile(
    place("rabbitmq.conf"),
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}
log.console = true
log.file = false
disk_free_limit.absolute = 1MB
`,
  );
  // Else the machine's own would be read.
  for (const name of ["enabled_plugins", "rabbitmq-env.conf"]) await writeFile(place(name), "");
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    ERL_EPMD_ADDRESS: "127.0.0.1",
    ERL_EPMD_PORT: String(ports.epmd),
    // A name server that Erlang starts would outlive it.
    ERL_FLAGS: "-start_epmd false",
    RABBITMQ_CONF_ENV_FILE: place("rabbitmq-env.conf"),
    RABBITMQ_CONFIG_FILE: place("rabbitmq.conf"),
    RABBITMQ_ENABLED_PLUGINS_FILE: place("enabled_plugins"),
    RABBITMQ_PID_FILE: place("pid"),
    RABBITMQ_LOG_BASE: place("log"),
    RABBITMQ_MNESIA_BASE: place("mnesia"),
    RABBITMQ_NODENAME: `tenuto-${ports.amqp}@localhost`,
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1}",
    // The script then becomes the node, which so gets the signals itself. It reads no input all the same.
    detached: "true",
  };
}
