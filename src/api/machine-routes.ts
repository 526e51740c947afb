// The routes of state machines. Events are updates of their runs, so they have no route of their own.
import { rewind, showMachine } from "./handlers/machines.ts";
import { MachineStateAnswer, RewoundMachine } from "./machine-answers.ts";
import { RewindBody } from "./machine-schemas.ts";
import { type Route, route } from "./route.ts";
import { ofOpenRun, ofRun } from "./route-problems.ts";
import { RunParams, RunQuery } from "./schemas.ts";

export const machineRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/runs/:workflowId/state",
    role: "viewer",
    operationId: "getMachineState",
    summary: "Tells what the state machine of a run is in, and what it takes",
    answers: { 200: { description: "The state machine.", schema: MachineStateAnswer } },
    problems: [...ofRun, "NO_STATE_MACHINE"],
    params: RunParams,
    query: RunQuery,
    handler: showMachine,
  }),
  route({
    method: "post",
    path: "/v1/runs/:workflowId/rewind",
    role: "operator",
    operationId: "rewindRun",
    summary: "Brings the state machine of a run back to an earlier state",
    answers: { 202: { description: "What the state machine is in now.", schema: RewoundMachine } },
    problems: [...ofOpenRun, "INVALID_INPUT", "NO_STATE_MACHINE", "REWIND_NOT_ALLOWED", "TRANSITION_IN_PROGRESS"],
    params: RunParams,
    query: RunQuery,
    body: RewindBody,
    audit: ({ body: { to } }) => ({ to }),
    handler: rewind,
  }),
];
