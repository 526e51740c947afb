export type { AlertOptions } from "./alert-options.ts";
export type {
  AlertChannel,
  AlertSecret,
  EmailChannel,
  LogChannel,
  PagerDutyChannel,
  SlackChannel,
  WebhookChannel,
} from "./alerts/alert-channel.ts";
export { type BundleOptions, bundleWorkflows, type WorkflowBundle, WorkflowBuildFailed } from "./bundle-workflows.ts";
export { connectToTemporal, type ConnectOptions, type TemporalConnection } from "./connect.ts";
export { createWorker, type TenutoWorker, type WorkerOptions } from "./create-worker.ts";
export type { CachedRuns } from "./cached-runs.ts";
export { type FixedSlots, type MemorySlots, parseSlots, type Pollers, type Slots } from "./slots.ts";
export type { DeploySchedules } from "./deploy-app-schedules.ts";
export { freePort } from "./free-port.ts";
export { type Readiness, type ReadinessProbe, watchReadiness } from "./readiness.ts";
export { type WorkerExposition, workerExposition } from "./step-meter.ts";
export { type PluginOptions, tenutoPlugin } from "./tenuto-plugin.ts";
export type { ExportedWorkflows } from "./workflow-names.ts";
export type { ReconcileEvery } from "./keep-system-workflow.ts";
export { startSystemWorker, type SystemWorkerOptions } from "./system-worker.ts";
