/** An incident that a run does not have; nothing changed. */
export class IncidentNotFound extends Error {
  override readonly name = "IncidentNotFound";
  readonly code = "INCIDENT_NOT_FOUND";
  readonly workflowId: string;
  readonly incidentId: string | undefined;
  /** The incidents that are open. */
  readonly open: readonly { readonly id: string; readonly step: string }[];

  constructor({ workflowId, incidentId, open }: Pick<IncidentNotFound, "workflowId" | "incidentId" | "open">) {
    const which = incidentId === undefined ? "one incident" : `incident ${JSON.stringify(incidentId)}`;
    const listed = open.map(({ id, step }) => `"${id}" (step "${step}")`).join(", ");
    super(
      `The run of ${JSON.stringify(workflowId)} does not have ${which} to decide. ` +
        (open.length === 0 ? "Nothing of it is parked: look at the run again." : `Name one that is open: ${listed}.`),
    );
    this.workflowId = workflowId;
    this.incidentId = incidentId;
    this.open = open;
  }
}
