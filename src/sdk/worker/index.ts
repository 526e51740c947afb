export { type BundleOptions, bundleWorkflows, WorkflowBuildFailed } from "./bundle-workflows.ts";
export { connectToTemporal, type ConnectOptions, type TemporalConnection } from "./connect.ts";
export { createWorker, type TenutoWorker, type WorkerOptions } from "./create-worker.ts";
export { type Readiness, type ReadinessProbe, watchReadiness } from "./readiness.ts";
