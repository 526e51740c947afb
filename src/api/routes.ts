import { health, ready } from "./handlers/health.ts";
import { cancel, signal } from "./handlers/messages.ts";
import { describe, history, list, result } from "./handlers/runs.ts";
import { start } from "./handlers/start.ts";
import { listTypes, showType } from "./handlers/workflow-types.ts";
import { type Route, route } from "./route.ts";
import {
  CancelBody,
  ListQuery,
  Nothing,
  ResultQuery,
  RunParams,
  RunQuery,
  SignalBody,
  SignalParams,
  StartBody,
  StartHeaders,
  TypeParams,
} from "./schemas.ts";

/** Every path of the API. */
export const routes: readonly Route[] = [
  route({ method: "get", path: "/healthz", role: "public", params: Nothing, query: Nothing, handler: health }),
  route({ method: "get", path: "/readyz", role: "public", params: Nothing, query: Nothing, handler: ready }),
  route({
    method: "get",
    path: "/v1/workflow-types",
    role: "viewer",
    params: Nothing,
    query: Nothing,
    handler: listTypes,
  }),
  route({
    method: "get",
    path: "/v1/workflow-types/:type",
    role: "viewer",
    params: TypeParams,
    query: Nothing,
    handler: showType,
  }),
  route({
    method: "post",
    path: "/v1/workflow-types/:type/runs",
    role: "operator",
    params: TypeParams,
    query: Nothing,
    body: StartBody,
    headers: StartHeaders,
    handler: start,
  }),
  route({ method: "get", path: "/v1/runs", role: "viewer", params: Nothing, query: ListQuery, handler: list }),
  route({
    method: "get",
    path: "/v1/runs/:workflowId",
    role: "viewer",
    params: RunParams,
    query: RunQuery,
    handler: describe,
  }),
  route({
    method: "get",
    path: "/v1/runs/:workflowId/result",
    role: "viewer",
    params: RunParams,
    query: ResultQuery,
    handler: result,
  }),
  route({
    method: "get",
    path: "/v1/runs/:workflowId/history",
    role: "viewer",
    params: RunParams,
    query: RunQuery,
    handler: history,
  }),
  route({
    method: "post",
    path: "/v1/runs/:workflowId/signals/:name",
    role: "operator",
    params: SignalParams,
    query: RunQuery,
    body: SignalBody,
    handler: signal,
  }),
  route({
    method: "post",
    path: "/v1/runs/:workflowId/cancel",
    role: "operator",
    params: RunParams,
    query: RunQuery,
    body: CancelBody,
    handler: cancel,
  }),
];
