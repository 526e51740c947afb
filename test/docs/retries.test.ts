import { test } from "node:test";
import { inspect } from "node:util";
import { retryPresets, type RetryPolicy, retryWaits } from "tenuto";
import { assertGenerated } from "./generated-part.ts";

const page = new URL("../../docs/retries.md", import.meta.url);

const examples: readonly RetryPolicy[] = [
  {},
  { retries: 2 },
  { retries: 7, maxWait: "10s" },
  { firstWait: "500ms" },
  { firstWait: "10s", factor: 1 },
  { factor: 3 },
];

test("the waits of example policies are told as they are", async () => {
  const rows = examples.map((policy) => row(`\`${inspect(policy).replaceAll("'", '"')}\``, policy));
  await assertGenerated(page, { name: "waits", content: [head("policy"), ...rows].join("\n") });
});

test("the presets are told as they are", async () => {
  const rows = Object.entries<RetryPolicy>(retryPresets).map(([name, policy]) => row(`\`${name}\``, policy));
  await assertGenerated(page, { name: "presets", content: [head("preset"), ...rows].join("\n") });
});

function head(what: string): string {
  return `| ${what} | attempts | waits between them | all waits together |\n| --- | --- | --- | --- |`;
}

function row(name: string, policy: RetryPolicy): string {
  const waits = retryWaits(policy);
  const total = waits.reduce((sum, ms) => sum + ms, 0);
  return `| ${name} | ${waits.length + 1} | ${listed(waits.map(spelled))} | ${total === 0 ? "none" : spelled(total)} |`;
}

/** Equal neighbours once, with how often. */
function listed(waits: readonly string[]): string {
  const runs: { readonly wait: string; times: number }[] = [];
  for (const wait of waits) {
    const last = runs.at(-1);
    if (last?.wait === wait) last.times += 1;
    else runs.push({ wait, times: 1 });
  }
  return runs.map(({ wait, times }) => (times === 1 ? wait : `${times} × ${wait}`)).join(", ") || "none";
}

function spelled(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = (ms % 60_000) / 1_000;
  const parts = [minutes > 0 && `${minutes} min`, (seconds > 0 || minutes === 0) && `${seconds} s`];
  return parts.filter(Boolean).join(" ");
}
