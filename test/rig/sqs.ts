// ElasticMQ, which speaks SQS. It keeps its queues and messages in a database of files, and has there what it has answered.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findElasticmq } from "../../scripts/broker-programs.mjs";
import { type Broker, brokerFolder, startBroker } from "./broker.ts";
import { eventually } from "./eventually.ts";
import { lowPorts } from "./low-ports.ts";

/** An SQS without queues. It takes any region and any credentials. */
export async function startSqs(): Promise<Broker> {
  const [port = 0] = await lowPorts(1);
  const folder = await brokerFolder("ElasticMQ");
  const config = join(folder, "elasticmq.conf");
  await writeFile(config, configOf({ port, data: join(folder, "messages") }));
  const url = `http://127.0.0.1:${port}`;
  const broker = await startBroker({
    name: "ElasticMQ",
    url,
    folder,
    command: [findElasticmq(process.env) ?? "elasticmq"],
    env: { JDK_JAVA_OPTIONS: [...javaOptions, `"-Dconfig.file=${config}"`].join(" ") },
    readyLine: /ElasticMQ server .* started in/,
  });
  let queues: string | undefined;
  return {
    ...broker,
    kill: async () => {
      queues = await listQueues(url);
      await broker.kill();
    },
    // It answers before it has its queues back, and a client takes that for their end.
    restart: async () => {
      queues ??= await listQueues(url);
      await broker.restart();
      await eventually("ElasticMQ has its queues again", async () => (await listQueues(url)) === queues);
      queues = undefined;
    },
  };
}

/** Starts fast and stays small. */
const javaOptions = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"];

function configOf({ port, data }: { readonly port: number; readonly data: string }): string {
  return `
node-address { protocol = http, host = "127.0.0.1", port = ${port}, context-path = "" }
rest-sqs { enabled = true, bind-port = ${port}, bind-hostname = "127.0.0.1", sqs-limits = strict }
rest-stats { enabled = false }
messages-storage {
  enabled = true
  driver-class-name = "org.h2.Driver"
  uri = "jdbc:h2:${data};WRITE_DELAY=0"
  username = "sa"
  password = ""
}
`;
}

/** Their addresses, as XML. */
async function listQueues(url: string): Promise<string> {
  const answer = await fetch(`${url}/?Action=ListQueues`);
  const found = (await answer.text()).match(/<QueueUrl>.*?<\/QueueUrl>/g) ?? [];
  return found.sort().join("");
}
