import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";

interface Service {
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: unknown;
}

interface Dependency {
  readonly condition?: string;
  readonly required?: boolean;
}

const dynamicConfigFile = "deploy/temporal/dynamic-config.yaml";
const text = read("docker-compose.yml");
const services = (parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> }).services;

for (const [name, service] of Object.entries(services)) {
  test(`the image of ${name} is pinned to an exact version`, () => {
    const image = service.image ?? "";
    assert.match(image, /^[\w./-]+:v?\d+(\.\d+)+(-[\w.]+)?(@sha256:[0-9a-f]{64})?$/);
    assert.doesNotMatch(image, /latest|auto-setup/);
  });

  test(`${name} publishes ports on the loopback address only`, () => {
    for (const port of service.ports ?? []) assert.match(port, /^127\.0\.0\.1:/);
  });
}

for (const { from, to, condition } of dependencies()) {
  test(`${from} waits for ${to} by a condition that ${to} can meet`, () => {
    const target = services[to];
    assert.ok(target, `there is no service ${to}`);
    const isJob = target.restart === "no";
    assert.equal(condition, isJob ? "service_completed_successfully" : "service_healthy");
    assert.equal(target.healthcheck !== undefined, !isJob, "a service has a health check, a job has none");
  });
}

test("everything that keeps running has a health check", () => {
  const without = Object.entries(services).filter(([, { restart, healthcheck }]) => restart !== "no" && !healthcheck);
  assert.deepEqual(
    without.map(([name]) => name),
    [],
  );
});

test("a dependency that a profile leaves out is not required", () => {
  for (const { from, to, required } of dependencies()) {
    const isInEveryProfileOf = (profiles?: readonly string[]) =>
      services[to]?.profiles === undefined || profiles?.every((profile) => services[to]?.profiles?.includes(profile));
    assert.equal(required, isInEveryProfileOf(services[from]?.profiles) ?? false, `${from} -> ${to}`);
  }
});

test("each profile has one Temporal server, and both are reached by the same name", () => {
  const inProfile = (profile: string) =>
    Object.keys(services).filter((name) => services[name]?.profiles?.includes(profile));
  assert.deepEqual(inProfile("production"), ["postgresql", "temporal-schema", "temporal", "temporal-ui"]);
  assert.deepEqual(inProfile("dev"), ["temporal-dev"]);
  assert.deepEqual((services["temporal-dev"] as { networks?: unknown }).networks, {
    default: { aliases: ["temporal"] },
  });
  for (const name of ["namespace", "worker", "api"]) {
    assert.equal(services[name]?.environment?.["TEMPORAL_ADDRESS"], "temporal:7233");
  }
});

test("the Temporal server and its tools are the same 1.31 release", () => {
  const [, release] = /^temporalio\/server:(1\.31\.\d+)$/.exec(services["temporal"]?.image ?? "") ?? [];
  assert.ok(release);
  assert.equal(services["temporal-schema"]?.image, `temporalio/admin-tools:${release}`);
});

test("both servers run with the shared dynamic configuration", () => {
  const mounted = services["temporal"]?.environment?.["DYNAMIC_CONFIG_FILE_PATH"];
  assert.deepEqual(services["temporal"]?.volumes, [`./${dynamicConfigFile}:${mounted}:ro`]);

  const shared = parse(read(dynamicConfigFile)) as Record<string, readonly [{ readonly value: unknown }]>;
  const flag = "--dynamic-config-value=";
  const given = services["temporal-dev"]?.command?.filter((part) => part.startsWith(flag)) ?? [];
  assert.deepEqual(
    given.map((part) => part.slice(flag.length)).sort(),
    Object.entries(shared)
      .map(([key, [{ value }]]) => `${key}=${JSON.stringify(value)}`)
      .sort(),
  );
});

test("no password stands in the file: each comes from .env and is required", () => {
  const secret = /PASSWORD|PWD|API_KEYS|SECRET|TOKEN/;
  const secrets = Object.values(services).flatMap(({ environment = {} }) =>
    Object.entries(environment).filter(([name]) => secret.test(name) && name !== "TENUTO_LINK_SECRET"),
  );
  assert.equal(secrets.length, 4, "of PostgreSQL, of the schema job, of the server and of the API");
  for (const [name, value] of secrets) assert.match(value, /^\$\{[A-Z_]+:\?[^}]+\}$/, name);
});

test("the secret of task links may be left out, and only worker and API have it", () => {
  const given = Object.entries(services).flatMap(([name, { environment }]) => {
    const value = environment?.["TENUTO_LINK_SECRET"];
    return value === undefined ? [] : [[name, value]];
  });
  const value = "${TENUTO_LINK_SECRET:-}";
  assert.deepEqual(given, [
    ["worker", value],
    ["api", value],
  ]);
});

test("every variable of the file is in .env.example, and the other way round", () => {
  const used = [...text.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name);
  const given = [...read(".env.example").matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  assert.deepEqual([...given].sort(), [...new Set([...used, "COMPOSE_PROFILES"])].sort());
});

test("the worker may drain for 30 seconds before it is killed", () => {
  const grace = (parse(text, { merge: true }) as { services: Record<string, { stop_grace_period?: string }> }).services[
    "worker"
  ]?.stop_grace_period;
  assert.ok(Number.parseInt(grace ?? "") > 30);
});

test("our image is built in stages from one pinned base and runs as another user than root", () => {
  const lines = read("Dockerfile")
    .split("\n")
    .map((line) => line.split(/\s+/));
  const stages = lines.filter(([word]) => word === "FROM").map(([, base, , name]) => ({ base, name }));
  const outside = stages.filter(({ base }) => !stages.some(({ name }) => name === base));
  assert.ok(stages.length >= 2);
  assert.equal(outside.length, 1);
  assert.match(outside[0]?.base ?? "", /^node:20\.\d+\.\d+-bookworm-slim$/);
  assert.deepEqual(lines.filter(([word]) => word === "USER").at(-1), ["USER", "node"]);
});

test("the builder gets every file that the Dockerfile copies", () => {
  const allowed = [...read(".dockerignore").matchAll(/^!(.+)$/gm)].map(([, path]) => path);
  const copied = [...read("Dockerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
    paths?.split(" ").map((path) => path.split("/")[0]),
  );
  assert.deepEqual([...allowed].sort(), [...new Set(copied)].sort());
});

function dependencies(): readonly { from: string; to: string; condition: string | undefined; required: boolean }[] {
  return Object.entries(services).flatMap(([from, { depends_on = {} }]) => {
    assert.ok(!Array.isArray(depends_on), `depends_on of ${from} names no conditions`);
    return Object.entries(depends_on as Record<string, Dependency>).map(([to, { condition, required = true }]) => ({
      from,
      to,
      condition,
      required,
    }));
  });
}

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}
