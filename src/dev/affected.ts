/** The processes of `npm run dev` that load the project's sources. */
export type SourceProcess = "worker" | "api" | "sandbox";

/** Which processes load a source file, given relative to `src/` with `/` between folders. */
export function affectedProcesses(file: string): readonly SourceProcess[] {
  const [folder = ""] = file.split("/");
  if (folder === "api" || folder === "sandbox") return [folder];
  if (folder === "dashboard" || folder === "cli" || folder === "dev") return [];
  if (folder === "bin") return BY_ENTRY_POINT[file] ?? [];
  // Workflows and activities reach the API through their contracts only.
  if (folder === "workflows" || folder === "activities")
    return file.includes(".contract.") ? ["worker", "api"] : ["worker"];
  return ["worker", "api"];
}

const BY_ENTRY_POINT: Readonly<Record<string, readonly SourceProcess[]>> = {
  "bin/worker.ts": ["worker"],
  "bin/api.ts": ["api"],
  "bin/sandbox.ts": ["sandbox"],
  "bin/environment.ts": ["worker", "api", "sandbox"],
};
