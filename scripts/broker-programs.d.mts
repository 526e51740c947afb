type Environment = Readonly<Record<string, string | undefined>>;

/** RabbitMQ, and the name server of Erlang that it needs. */
export function findRabbit(env: Environment): { readonly server: string; readonly epmd: string } | undefined;

/** Its path. */
export function findRedis(env: Environment): string | undefined;

/** Prometheus, and the program that checks its configuration. */
export function findPrometheus(env: Environment): { readonly server: string; readonly promtool: string } | undefined;

/** The path of the script that starts it; it needs Java. */
export function findElasticmq(env: Environment): string | undefined;
