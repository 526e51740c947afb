export { type ApiOptions, createApi } from "./app.ts";
export type { ApiLogger } from "./context.ts";
export { type ApiKeys, InvalidApiKeys, parseApiKeys } from "./guard/api-keys.ts";
export { type AskedOperation, type Authentication, isLoopbackHost } from "./guard/authentication.ts";
export { createAuthentication, type Credentials } from "./guard/create-authentication.ts";
export type { OidcOptions } from "./guard/oidc.ts";
export type { Principal, PrincipalRole } from "./guard/principal.ts";
export { listenApi, type ListenOptions, PortBusy, type RunningApi } from "./server.ts";
