import { Health } from "../../src/api/answers.ts";
import { route } from "../../src/api/route.ts";
import { Nothing } from "../../src/api/schemas.ts";

const request = { method: "get", path: "/x", role: "public", params: Nothing, query: Nothing } as const;
const answers = { 200: { description: "It lives.", schema: Health } };
const handler = () => ({ status: 200, body: { status: "ok" } });
const operation = { operationId: "x", summary: "Says x", answers, problems: [] } as const;

route({ ...request, ...operation, handler });

const { role: _role, ...withoutRole } = request;
// @ts-expect-error a route must say who may call it
route({ ...withoutRole, ...operation, handler });

// @ts-expect-error a route must have a name for generated clients
route({ ...request, summary: "Says x", answers, problems: [], handler });

// @ts-expect-error a route must say what it does
route({ ...request, operationId: "x", answers, problems: [], handler });

// @ts-expect-error a route must say what it answers
route({ ...request, operationId: "x", summary: "Says x", problems: [], handler });

// @ts-expect-error a route must say which problems it has
route({ ...request, operationId: "x", summary: "Says x", answers, handler });

// @ts-expect-error a problem must be one that the API knows
route({ ...request, ...operation, problems: ["NO_SUCH_CODE"], handler });

// @ts-expect-error there is no such role
route({ ...request, ...operation, role: "boss", handler });
