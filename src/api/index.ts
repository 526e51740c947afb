export { type ApiOptions, createApi } from "./app.ts";
export type { ApiLogger } from "./context.ts";
export { listenApi, type ListenOptions, PortBusy, type RunningApi } from "./server.ts";
