import type { IncidentOutcome } from "../incident.ts";

/** An incident that somebody decided before, or that the run's cancellation closed; nothing changed. */
export class IncidentDecided extends Error {
  override readonly name = "IncidentDecided";
  readonly code = "INCIDENT_DECIDED";
  readonly workflowId: string;
  /** What became of it, by whom and when. */
  readonly decided: IncidentOutcome;

  constructor(workflowId: string, decided: IncidentOutcome) {
    const { id, step, action, by, at } = decided;
    super(
      `Incident "${id}" (step "${step}") of the run of ${JSON.stringify(workflowId)} is decided: ` +
        `${by === undefined ? "" : `${JSON.stringify(by)} chose `}"${action}" at ${at}. ` +
        "Look at the run again before you decide anything else.",
    );
    this.workflowId = workflowId;
    this.decided = decided;
  }
}
