import { join } from "node:path";
import type { Environment } from "../bin/environment.ts";

const order = {
  input: {
    id: "o-1",
    customer: "ada@example.com",
    card: "ok",
    address: "ok",
    lines: [{ sku: "ok", quantity: 1, unitCents: 1999 }],
  },
};

/** What `npm run dev` prints once everything is ready. */
export function readyBanner(environment: Environment): readonly string[] {
  const api = apiUrl(environment);
  return [
    "",
    "Ready. Changes under src/ are loaded as you save them; Ctrl-C ends everything.",
    `  Dashboard         ${api}/dashboard`,
    `  API               ${api}/v1`,
    `  Temporal Web UI   ${environment.temporalUiUrl}`,
    `  Sandbox           ${environment.sandboxUrl}, ledger ${join(environment.dataDir, "ledger.jsonl")}`,
    "",
    "Start a run of the shop:",
    `  curl -X POST ${api}/v1/workflow-types/fulfillOrder/runs \\`,
    `    -H 'Content-Type: application/json' -H 'Idempotency-Key: o-1' \\`,
    `    -d '${JSON.stringify(order)}'`,
    "",
  ];
}

/** The address at which the API of this machine answers. */
export function apiUrl({ host, apiPort }: Environment): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${apiPort}`;
}
