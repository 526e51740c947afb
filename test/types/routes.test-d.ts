// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.

import { type Route, route } from "../../src/api/route.ts";
import { Nothing } from "../../src/api/schemas.ts";

const parts = {
  method: "get",
  path: "/v1/x",
  operationId: "x",
  summary: "Does x",
  answers: { 200: { description: "It is done." } },
  problems: [],
  params: Nothing,
  query: Nothing,
  handler: () => ({ status: 200, body: {} }),
} as const;

export const routes: readonly Route[] = [
  route({ ...parts, role: "viewer" }),
  // @ts-expect-error a route says who may call it
  route(parts),
  // @ts-expect-error there is no such role
  route({ ...parts, role: "boss" }),
  // @ts-expect-error a route says what it answers
  route({ ...parts, role: "viewer", answers: undefined }),
];
