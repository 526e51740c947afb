import type { Cli } from "./cli.ts";
import { runPath } from "./run-path.ts";

/** Prints the diagram of a run's state machine. */
export async function drawMachine({ api, output, isJson }: Cli, workflowId: string): Promise<undefined> {
  const diagram = await api.get<{ readonly mermaid: string }>(runPath(workflowId, "/diagram"), { kind: "machine" });
  if (isJson) output.json(diagram);
  else output.line(diagram.mermaid);
}
