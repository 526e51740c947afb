import { type MachineAnswer, type MachineMoving, UpdateFailed, UpdatePending } from "tenuto";
import type { TenutoClient } from "tenuto/client";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { RewindBody } from "../machine-schemas.ts";
import type { RunParams, RunQuery } from "../schemas.ts";

interface RunRequest {
  readonly params: z.output<typeof RunParams>;
  readonly query: z.output<typeof RunQuery>;
}

export async function showMachine({ params, query }: RunRequest, { client }: Context): Promise<Reply> {
  return { status: 200, body: await client.machineState(params.workflowId, query) };
}

interface RewindRequest extends RunRequest {
  readonly body: z.output<typeof RewindBody>;
}

export async function rewind(request: RewindRequest, { client, principal }: Context): Promise<Reply> {
  const { params, query, body } = request;
  const { workflowId } = params;
  const rewound = client.rewind(workflowId, { ...query, ...body, by: principal.name });
  const now = await rewound.catch((error: unknown) => {
    // It was taken, and its steps have not succeeded yet, or the run failed with one.
    if (error instanceof UpdatePending || error instanceof UpdateFailed) return machineNow(client, request);
    throw error;
  });
  return { status: 202, body: { workflowId, accepted: true, ...now } };
}

async function machineNow(
  client: TenutoClient,
  { params, query }: RunRequest,
): Promise<MachineAnswer & { readonly moving?: MachineMoving }> {
  const { state, status, transitions, moving } = await client.machineState(params.workflowId, query);
  return { state: [...state], status, transition: transitions.at(-1)?.number ?? 0, ...(moving && { moving }) };
}
