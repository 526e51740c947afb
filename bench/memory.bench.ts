/**
 * What a cached, waiting run costs in memory: of a workflow whose contract has twenty schemas, against a raw one without
 * any, each in processes of their own that take turns; and how much larger the bundle is.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sourceFlags } from "../scripts/source-flags.mjs";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";

const rounds = 3;
const runs = 400;
const script = fileURLToPath(new URL("./memory-of-runs.ts", import.meta.url));
const kinds = ["raw", "tenuto"] as const;

interface Cost {
  readonly perRunMb: number;
  readonly bundleKiB: number;
}

await withCleanUp(async (cleanUps, stopped) => {
  const server = await startTunedServer(cleanUps);
  const costs: Record<(typeof kinds)[number], Cost[]> = { raw: [], tenuto: [] };
  for (let number = 0; number < rounds; number++) {
    for (const kind of number % 2 === 0 ? kinds : kinds.toReversed()) {
      costs[kind].push(await costOf(kind, server.address, stopped));
    }
  }
  const median = (kind: (typeof kinds)[number], figure: keyof Cost) =>
    quantile(
      costs[kind].map((cost) => cost[figure]),
      0.5,
    );
  printReport({
    bench: "memory",
    ratios: {
      "memory tenuto/raw": round(median("tenuto", "perRunMb") / median("raw", "perRunMb"), 3),
      "bundle above raw / 150 KiB": round((median("tenuto", "bundleKiB") - median("raw", "bundleKiB")) / 150, 3),
    },
    figures: {
      runs,
      rawMbPerRun: costs.raw.map(({ perRunMb }) => round(perRunMb, 3)),
      tenutoMbPerRun: costs.tenuto.map(({ perRunMb }) => round(perRunMb, 3)),
      rawBundleKiB: round(median("raw", "bundleKiB"), 0),
      tenutoBundleKiB: round(median("tenuto", "bundleKiB"), 0),
    },
    bounds: { "memory tenuto/raw": 1.25, "bundle above raw / 150 KiB": 1 },
  });
});

async function costOf(kind: string, address: string, signal: AbortSignal): Promise<Cost> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--expose-gc", ...sourceFlags, script, kind, address, String(runs)],
    { signal },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Cost;
}
