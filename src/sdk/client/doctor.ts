// Looks at all that Tenuto needs and changes nothing. What it finds is told, never thrown: a server that is away is a finding.
import { tsToMs } from "@temporalio/common/lib/time.js";
import type { App } from "../core/define-app.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { ownSearchAttributes } from "../core/search-attributes.ts";
import { findCapabilities } from "./capabilities.ts";
import { listEventSources } from "./event-sources.ts";
import { findAppWorkers, findWorkers } from "./readiness.ts";
import type { Reach } from "./run-target.ts";
import { describeTaskQueues } from "./task-queues.ts";
import type { Temporal } from "./temporal.ts";

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at. */
  readonly what: string;
  /** `failed`: something needed is missing; `warning`: something is missing that not everybody needs. */
  readonly status: "ok" | "warning" | "failed";
  readonly got: string;
  /** What to do about it; absent when it is `ok`. */
  readonly todo?: string;
}

/** What {@link TenutoClient.doctor} found. */
export interface Diagnosis {
  /** The worst of the findings. */
  readonly status: Finding["status"];
  readonly findings: readonly Finding[];
}

const dayMs = 86_400_000;
const wantedDays = 30;
const mostSkewMs = 5_000;

type Check = (reach: Reach) => Promise<readonly Finding[]>;

/** Asks everything; without a connection, nothing else can be asked. */
export async function diagnose(reach: Reach): Promise<Diagnosis> {
  const connected = await connection(reach);
  const others = connected[0]?.status === "ok" ? [namespace, capabilities, attributes, pollers, clock, sources] : [];
  const found = await Promise.all(others.map((check) => unlessRefused(check, reach)));
  const findings = [...connected, ...found.flat(), encryption(reach.temporal)];
  const worst = (["failed", "warning"] as const).find((status) => findings.some((each) => each.status === status));
  return { status: worst ?? "ok", findings };
}

async function unlessRefused(check: Check, reach: Reach): Promise<readonly Finding[]> {
  try {
    return await check(reach);
  } catch (error) {
    const todo = "See to what the server says, and ask again.";
    return [{ what: check.name, status: "failed", got: messageOf(error), todo }];
  }
}

async function connection({ temporal }: Reach): Promise<readonly Finding[]> {
  const what = "connection";
  try {
    const { serverVersion } = await temporal.call((service) => service.getSystemInfo({}), {
      deadline: temporal.deadline(3_000),
    });
    return [{ what, status: "ok", got: `Temporal ${serverVersion || "of an unknown version"} answers` }];
  } catch (error) {
    const todo = "Start the server, and check TEMPORAL_ADDRESS, the TEMPORAL_TLS_* variables and TEMPORAL_API_KEY.";
    return [{ what, status: "failed", got: messageOf(error), todo }];
  }
}

async function namespace({ temporal }: Reach): Promise<readonly Finding[]> {
  const { namespace: name } = temporal;
  const { config } = await temporal.call((service) => service.describeNamespace({ namespace: name }));
  const ttl = config?.workflowExecutionRetentionTtl;
  const days = Math.round(((ttl ? tsToMs(ttl) : 0) / dayMs) * 10) / 10;
  const got = `"${name}" keeps closed runs for ${days} days`;
  if (days >= wantedDays) return [{ what: "namespace", status: "ok", got }];
  const todo =
    `A closed run can be redriven, and a start under its id told as a repeat, for as long as it is kept: set ${wantedDays} days ` +
    "or more (`temporal operator namespace update --retention 90d`).";
  return [{ what: "namespace", status: "warning", got, todo }];
}

async function capabilities({ temporal }: Reach): Promise<readonly Finding[]> {
  const found = await findCapabilities(temporal.connection, temporal.namespace);
  return found.map(({ name, has, isNeeded, without }) => {
    const what = `server: ${name}`;
    if (has) return { what, status: "ok", got: "there" };
    const got = `not there: ${without}`;
    return { what, status: isNeeded ? "failed" : "warning", got, todo: "Use a newer server, or a plan that has it." };
  });
}

async function attributes({ temporal }: Reach): Promise<readonly Finding[]> {
  const { namespace: name } = temporal;
  const missing: string[] = [];
  for (const attribute of Object.keys(ownSearchAttributes)) {
    const query = `${attribute} IS NULL`;
    const counted = temporal.call((service) => service.countWorkflowExecutions({ namespace: name, query }));
    await counted.catch(() => missing.push(attribute));
  }
  const what = "search attributes";
  if (missing.length === 0) return [{ what, status: "ok", got: Object.keys(ownSearchAttributes).join(", ") }];
  const todo = "Start a worker, which adds them, or `node dist/bin/setup-namespace.js`.";
  return [{ what, status: "failed", got: `${missing.join(", ")} can't be asked for`, todo }];
}

async function pollers({ temporal, app }: Reach): Promise<readonly Finding[]> {
  const { queues } = await findAppWorkers(temporal, app);
  const system = await findWorkers(temporal, systemTaskQueue);
  const ofApp = queues.map(({ queue, taskQueue, ok, pollers: count }): Finding => {
    const what = `queue "${taskQueue}"`;
    if (ok) return { what, status: "ok", got: `${count} worker${count === 1 ? "" : "s"}` };
    const todo = `Start a worker of app "${app.name}" with queue "${queue}" among its queues.`;
    return { what, status: "failed", got: "no worker polls it", todo };
  });
  const own: Finding = system.ok
    ? { what: `queue "${systemTaskQueue}"`, status: "ok", got: `${system.pollers} workers` }
    : {
        ...{ what: `queue "${systemTaskQueue}"`, status: "failed", got: "nobody polls it" },
        todo: "Start a worker, or the API as `src/bin/api.ts` does: dead letters, batches and alerts wait.",
      };
  return [...ofApp, own];
}

/** By the polls of workers, which the server gives its own time: it can only be seen when that is ahead. */
async function clock({ temporal, app }: Reach): Promise<readonly Finding[]> {
  const queues = await describeTaskQueues(temporal, [app.name, systemTaskQueue]);
  const seen = queues.flatMap(({ workflow, activity }) => [...workflow.pollers, ...activity.pollers]);
  const newest = Math.max(...seen.map(({ lastSeenAt }) => Date.parse(lastSeenAt)));
  const what = "clock";
  if (!Number.isFinite(newest))
    return [{ what, status: "warning", got: "no poll to tell it by", todo: "Start a worker." }];
  const aheadMs = newest - Date.now();
  if (aheadMs <= mostSkewMs) return [{ what, status: "ok", got: "the server's is not ahead of the API's" }];
  const got = `the server's is ${Math.round(aheadMs / 1_000)} s ahead of the API's, or more`;
  return [{ what, status: "warning", got, todo: "Have both keep time by NTP." }];
}

/** As the processes that take events tell it: the API itself reaches no broker. */
async function sources({ temporal, app }: Reach): Promise<readonly Finding[]> {
  if (!hasSources(app)) return [];
  const known = await listEventSources({ temporal, app });
  return known.map(({ name, kind, state, lastError }): Finding => {
    const what = `event source "${name}" (${kind})`;
    const got = lastError === undefined ? state : `${state}: ${lastError}`;
    if (["consuming", "paused"].includes(state)) return { what, status: "ok", got: state };
    const todo = "Start a process that takes events, with the source's address and secret set.";
    return { what, status: "warning", got, todo };
  });
}

function hasSources({ sources: all = [] }: App): boolean {
  return all.length > 0;
}

function encryption({ encryption: own }: Temporal): Finding {
  if (own) return { what: "encryption", status: "ok", got: "on: payloads are encrypted" };
  return { what: "encryption", status: "ok", got: "off: payloads are in clear" };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
