// What the tests of parked orders ask over REST.
import assert from "node:assert/strict";
import type { Calls } from "../api/fixtures/http.ts";
import { eventually } from "./eventually.ts";
import type { anOrder } from "./orders.ts";

type PlacedOrder = ReturnType<typeof anOrder>;

interface DeadLetterBody {
  readonly id: string;
  readonly status: string;
  readonly kind: string;
  readonly workflowId: string;
  readonly step?: string;
  readonly incidents?: readonly { readonly id: string; readonly kind: string; readonly step: string }[];
  readonly openEffects?: readonly { readonly step: string }[];
  readonly modes: readonly string[];
}

interface RunBody {
  readonly status: string;
  readonly marks: readonly string[];
  readonly paused?: { readonly by: string; readonly reason: string };
  readonly incidents: readonly { readonly step: string }[];
  readonly account?: {
    readonly held: readonly { readonly step: string }[];
    readonly decided: readonly { readonly action: string; readonly by?: string }[];
  };
}

interface ResultBody {
  readonly status: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly type: string; readonly cause?: { readonly type: string } };
}

/** Retries of a minute, on a busy machine. */
const withinMs = 240_000;

/** Places an order, as a customer does. */
export async function place(api: Calls, order: PlacedOrder): Promise<void> {
  const { status } = await api.post("/v1/workflow-types/fulfillOrder/runs", { input: order });
  assert.equal(status, 202);
}

export function runPath({ id }: PlacedOrder): string {
  return `/v1/runs/order-${id}`;
}

export async function describeOrder(api: Calls, order: PlacedOrder): Promise<RunBody> {
  return (await api.get(runPath(order))).body as unknown as RunBody;
}

/** How an order ended. */
export async function resultOf(api: Calls, order: PlacedOrder): Promise<ResultBody> {
  const end = async () => {
    const { status, body } = await api.get(`${runPath(order)}/result?wait=20`);
    return status === 200 && body;
  };
  return (await eventually("the order is over", end, { withinMs })) as unknown as ResultBody;
}

/** The open dead letter of an order, once it is listed. */
export function letterOf(api: Calls, order: PlacedOrder): Promise<DeadLetterBody> {
  return eventually(`order ${order.id} has a dead letter`, () => openLetter(api, order), { withinMs });
}

/** The open dead letter of an order that the first page of them shows. */
export async function openLetter(api: Calls, { id }: PlacedOrder): Promise<DeadLetterBody | undefined> {
  const { body } = await api.get("/v1/dead-letters?limit=200");
  const items = body["items"] as readonly DeadLetterBody[];
  return items.find(({ workflowId }) => workflowId === `order-${id}`);
}
