import type { Diagnosis } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";

const marks = { ok: "ok", warning: "warning", failed: "FAILED" } as const;

/** Shows what the API found, with what to do; fails when something needed is missing. */
export async function showDiagnosis({ api, output, isJson }: Cli): Promise<ExitCode> {
  const diagnosis = await api.get<Diagnosis>("/v1/doctor");
  if (isJson) output.json(diagnosis);
  else {
    for (const { what, status, got, todo } of diagnosis.findings) {
      output.line(`${marks[status].padEnd(8)}${what}: ${got}`);
      if (todo !== undefined) output.text(`      ${todo}`);
    }
  }
  return diagnosis.status === "failed" ? exitCodes.failed : exitCodes.done;
}
