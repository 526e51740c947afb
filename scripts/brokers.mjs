// npm run brokers: installs the brokers that tests start: RabbitMQ and Redis as root on Debian, and ElasticMQ, which stands
// in for SQS, from Maven Central into the cache; Prometheus, too. It starts none, and leaves alone what is there.
import { elasticmq, findElasticmq, findPrometheus, findRabbit, findRedis, onPath } from "./broker-programs.mjs";
import { canInstallPackages, installPackages } from "./debian-packages.mjs";
import { ensureDependencies } from "./install.mjs";
import { runMain, SetupError } from "./setup-error.mjs";

const { env } = process;
const log = console.error;

await runMain(async () => {
  await ensureDependencies();
  await installMissingPackages();
  if (!findElasticmq(env)) await getElasticmq();
  log(`The brokers are there:
  RabbitMQ   ${findRabbit(env)?.server}
  Redis      ${findRedis(env)}
  ElasticMQ  ${findElasticmq(env)}
  Prometheus ${findPrometheus(env)?.server}`);
  return 0;
});

async function installMissingPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends ${missing.join(" ")}`;
  if (!canInstallPackages()) {
    throw new SetupError(`Some programs that the tests of brokers need are missing, and only root on Debian gets them here.
On Debian: sudo ${command}
Elsewhere: install what these packages stand for, so that the programs are on PATH. Then try again.`);
  }
  log(`Installing what is missing (${command}) …`);
  await installPackages(missing, { env });
  const left = missingPackages();
  if (left.length > 0) throw new SetupError(`Installed, but not found on PATH: what ${left.join(", ")} should bring.`);
}

function missingPackages() {
  const hasElasticmq = findElasticmq(env) !== undefined;
  return [
    findRabbit(env) ? [] : ["rabbitmq-server"],
    findRedis(env) ? [] : ["redis-server"],
    findPrometheus(env) ? [] : ["prometheus"],
    onPath("java", env) ? [] : ["default-jre-headless"],
    hasElasticmq || onPath("mvn", env) ? [] : ["maven"],
  ].flat();
}

async function getElasticmq() {
  const { artifactId, version } = elasticmq;
  log(`Getting ${artifactId} ${version} from Maven Central …`);
  await import("./strip-types.mjs");
  const { getJavaProgram } = await import("../src/sdk/testing/java-program.ts");
  try {
    await getJavaProgram(elasticmq);
  } catch (error) {
    throw new SetupError(`ElasticMQ could not be got: ${error instanceof Error ? error.message : error}.
It needs Java 17 or newer and Maven, able to reach Maven Central. See to that, then try again.`);
  }
}
