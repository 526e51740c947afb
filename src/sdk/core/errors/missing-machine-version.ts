/** There are open runs in a version of a state machine that the app does not have; no worker was started. */
export class MissingMachineVersion extends Error {
  override readonly name = "MissingMachineVersion";
  readonly code = "MISSING_MACHINE_VERSION";
  /** The first of these runs, as the server names them. */
  readonly runs: readonly { readonly workflowId: string; readonly runId: string; readonly version: string }[];

  constructor(app: string, runs: MissingMachineVersion["runs"]) {
    const named = runs.map(({ workflowId, version }) => `${JSON.stringify(workflowId)} (${version})`).join(", ");
    super(
      `App "${app}" lacks versions of state machines that open runs are in: ${named}. ` +
        "Keep each in `previous` of its machine until these runs have ended, or migrate them with `previousVersion(old, migrate)`.",
    );
    this.runs = runs;
  }
}
