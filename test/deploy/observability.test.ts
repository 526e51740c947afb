// Everything in deploy/prometheus and deploy/grafana, against a real Prometheus that scrapes a real worker and API.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { createPrometheusStepMetrics } from "tenuto/api";
import { parse, stringify } from "yaml";
import { callsTo } from "../api/fixtures/http.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder } from "../rig/orders.ts";
import { letterOf, place, resultOf } from "../rig/parked.ts";
import { type Prometheus, prometheusOrSkip, promtool } from "../rig/prometheus.ts";
import { changeService, type Stack, startStack } from "../rig/stack.ts";

interface ScrapeConfig {
  readonly job_name: string;
  readonly authorization?: { readonly credentials_file: string };
  readonly dns_sd_configs: readonly { readonly names: readonly string[]; readonly port: number }[];
}

interface Configuration {
  readonly global: object;
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly ScrapeConfig[];
}

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
}

interface Panel {
  readonly title: string;
  readonly description: string;
  readonly targets: readonly { readonly expr: string }[];
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition: string }[] };
  readonly panels: readonly Panel[];
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const rules = (parse(read("deploy/prometheus/rules.yml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const configuration = parse(read("deploy/prometheus/prometheus.yml")) as Configuration;
const dashboards = readdirSync(new URL("../../deploy/grafana/dashboards/", import.meta.url)).map(
  (name) => JSON.parse(read(`deploy/grafana/dashboards/${name}`)) as Dashboard,
);
const { skip, start } = prometheusOrSkip();

/** A query as Grafana sends it; what was played is within the last five minutes. */
const sent = (expression: string) =>
  expression.replaceAll("$__rate_interval", "5m").replaceAll("$namespace", ".+").replaceAll("$__all", ".+");

test("promtool finds nothing wrong with the configuration and the rules", { skip }, async () => {
  await promtool(["check", "config", "--syntax-only", "deploy/prometheus/prometheus.yml"]);
  assert.match(await promtool(["check", "rules", "deploy/prometheus/rules.yml"]), new RegExp(`${rules.length} rules`));
});

test("each alert compares a recorded series with a number, and each dashboard has a name of its own", () => {
  const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
  for (const { alert, expr } of rules.filter((rule) => rule.alert !== undefined)) {
    const [, series = ""] = /^(\S+) [<>] [\d.]+$/.exec(expr) ?? [];
    assert.ok(recorded.has(series), `${alert}: ${expr}`);
  }
  assert.equal(new Set(dashboards.map(({ uid }) => uid)).size, dashboards.length);
  for (const { title, panels } of dashboards)
    for (const panel of panels) assert.ok(panel.description, `${title}: ${panel.title} says what it shows`);
});

describe("with a worker and an API that have done something", { skip, timeout: 300_000 }, () => {
  let stack: Stack;
  let prometheus: Prometheus;
  /** Of the shop's payments, as they were played. */
  const charged = { succeeded: 3, failed: 1, parked: 1 };

  before(async () => {
    stack = await startStack();
    const metricsPort = String(await freePort());
    await stack.startWorker({ TENUTO_METRICS_PORT: metricsPort });
    const { url } = await stack.startApi({ TENUTO_API_KEYS: "prometheus:viewer:key-p,ada:admin:key-a" });
    prometheus = await start({
      "rules.yml": read("deploy/prometheus/rules.yml"),
      key: "key-p",
      "prometheus.yml": configurationFor({
        "tenuto-worker": `127.0.0.1:${metricsPort}`,
        "tenuto-api": new URL(url).host,
      }),
    });
    await eventually("both are scraped", async () => (await prometheus.query("sum(up) == 2")).length > 0);
    await play(url);
  });
  after(() => stack.close());

  async function play(url: string): Promise<void> {
    const api = callsTo(url, (request) => {
      request.headers.set("authorization", "Bearer key-a");
      return fetch(request);
    });
    const orders = [anOrder(), anOrder({ card: "flaky-2" }), anOrder({ card: "declined" })];
    for (const order of orders) await place(api, order);
    const statuses = [];
    for (const order of orders) statuses.push((await resultOf(api, order)).status);
    assert.deepEqual(statuses, ["completed", "completed", "failed"]);
    await changeService(stack, "payments", { available: false });
    const parked = anOrder();
    await place(api, parked);
    const { id } = await letterOf(api, parked);
    await changeService(stack, "payments", { available: true });
    await api.post(`/v1/dead-letters/${id}/redrive`, { mode: "continue", reason: "the provider is back" });
    assert.equal((await resultOf(api, parked)).status, "completed");
    assert.equal((await api.get("/v1/runs/there-is-none")).status, 404);
  }

  const dataOf = (what: string, expression: string) =>
    eventually(
      `${what} has data: ${expression}`,
      async () => (await prometheus.query(expression)).some(({ value: [, value] }) => Number.isFinite(Number(value))),
      { everyMs: 500 },
    );

  for (const { title, panels, templating } of dashboards) {
    for (const panel of panels)
      test(`${title}: "${panel.title}" has data`, async () => {
        for (const { expr } of panel.targets) await dataOf(panel.title, sent(expr));
      });
    for (const { name, definition } of templating.list)
      test(`${title}: its variable ${name} has values`, async () => {
        const [, series = "", label = ""] = /^label_values\((\w+), (\w+)\)$/.exec(definition) ?? [];
        const found = await prometheus.query(`group by (${label}) (${series})`);
        assert.deepEqual(
          found.map(({ metric }) => metric[label]),
          [stack.namespace],
        );
      });
  }

  for (const { record, alert, expr } of rules)
    test(`the rule ${record ?? alert} has data`, async () => {
      await dataOf(record ?? alert ?? "", record ?? expr.replace(/ [<>] [\d.]+$/, ""));
      if (record !== undefined) await dataOf(record, expr);
    });

  test("numbers of steps are what was done, by Prometheus", async () => {
    const source = createPrometheusStepMetrics({ url: prometheus.url, namespace: stack.namespace });
    const numbers = await eventually("all is scraped", async () => {
      const found = await source.read({
        from: new Date(Date.now() - 3_600_000).toISOString(),
        to: new Date().toISOString(),
      });
      const charge = found.steps.find(({ activity }) => activity === "payments.chargeCard");
      return charge?.succeeded === charged.succeeded && { ...found, charge };
    });
    const { charge, source: by, asOf, slots, scheduleToStart } = numbers;
    assert.deepEqual(
      [by, charge.succeeded, charge.failed, charge.parked, charge.successRate],
      ["prometheus", charged.succeeded, charged.failed, charged.parked, 0.75],
    );
    // One each, three with two failures first, and the parked one's six and one more.
    assert.equal(charge.attempts, 1 + 3 + 1 + 7);
    assert.ok(charge.p95Ms !== null && charge.p95Ms > 1_000 && charge.p95Ms <= 60_000, String(charge.p95Ms));
    assert.ok(Date.now() - Date.parse(asOf ?? "") < 30_000, asOf);
    assert.ok(
      slots.some(({ queue, kind, available }) => queue === "shop" && kind === "activity" && available > 0),
      JSON.stringify(slots),
    );
    assert.ok(scheduleToStart.some(({ queue, p50Ms }) => queue === "shop" && p50Ms !== null));
    const other = createPrometheusStepMetrics({ url: prometheus.url, namespace: "another" });
    const none = await other.read({ from: new Date(0).toISOString(), to: new Date().toISOString() });
    assert.deepEqual([none.steps, none.leavesOut.length], [[], 1]);
  });

  test("names end as Prometheus' conventions have it, with units and in seconds", async () => {
    const found = await prometheus.query('group by (__name__) ({job=~"tenuto-.*"})');
    const names = found.map(({ metric }) => (metric["__name__"] ?? "").replace(/_(bucket|sum|count)$/, ""));
    const own = names.filter((name) => name.startsWith("tenuto_"));
    assert.ok(own.includes("tenuto_steps_total") && own.includes("tenuto_api_problems_total"), own.join());
    for (const name of own) assert.match(name, /^tenuto_[a-z_]+(_total|_seconds|_in_flight|_open|_slots)$/);
    assert.deepEqual(
      names.filter((name) => name.startsWith("temporal_") && /(latency$|milliseconds)/.test(name)),
      [],
    );
  });
});

test("a Prometheus that is away, or none, leaves all numbers out, and its password", async () => {
  const range = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
  const source = createPrometheusStepMetrics({
    url: "http://ada:hunter2@127.0.0.1:1/prometheus",
    namespace: "default",
  });
  const { leavesOut, steps } = await source.read(range);
  assert.deepEqual(
    [steps, leavesOut],
    [[], ["All numbers of steps: Prometheus at 127.0.0.1:1 does not answer as it should."]],
  );
});

/** The configuration with addresses of this machine, and a scrape each second. */
function configurationFor(targets: Readonly<Record<string, string>>): string {
  const scrape_configs = configuration.scrape_configs.map(({ dns_sd_configs: _, ...job }) => ({
    ...job,
    ...(job.authorization && { authorization: { credentials_file: "key" } }),
    static_configs: [{ targets: [targets[job.job_name]] }],
  }));
  return stringify({ ...configuration, global: { scrape_interval: "1s", evaluation_interval: "1s" }, scrape_configs });
}
