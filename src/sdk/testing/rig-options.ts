import type { ActivitiesImplementation } from "../activity/index.ts";
import type { App } from "../core/define-app.ts";
import type { Duration } from "../core/duration.ts";
import type { WorkflowBundle } from "../worker/index.ts";
import type { ActivityMock } from "./compose-activities.ts";
import type { Fault } from "./faults.ts";

/** On which server a rig runs, and what goes wrong there. */
export interface RigSettings {
  /** What goes wrong. @default nothing */
  readonly faults?: readonly Fault[];
  /** A server that skips time, or one as in production. @default "time-skipping" */
  readonly server?: "time-skipping" | "real";
  /** Of a running real server. @default a server of the rig's own, from TEMPORAL_CLI_PATH */
  readonly address?: string;
  /** Encrypts payloads under these keys, as `TENUTO_ENCRYPTION_KEYS` has them. @default they are in clear */
  readonly encryptionKeys?: string;
  /** What a run that is still open at the end means. @default "fail" */
  readonly openRuns?: "fail" | "allow";
  /**
   * How many runs stay in memory between their tasks; 0 replays each from its history. A server waits ten seconds for a
   * killed worker's memory, and one that skips time for ever.
   *
   * @default by memory; 0 for a worker that has a process of its own
   */
  readonly maxCachedWorkflows?: number;
  /** As of `createWorker`: for so long a run waits for the process that has it in memory. @default "2s" */
  readonly stickyTimeout?: Duration;
}

/** A rig whose worker runs in the test's process. */
export interface InProcessRigOptions extends RigSettings {
  readonly app: App;
  /** The one file that exports the workflow functions, or what `bundleForTests` made of it. */
  readonly workflows: URL | string | WorkflowBundle;
  /** The real ones; an activity that is neither here nor in `mocks` fails when it is called. @default none */
  readonly activities?: readonly ActivitiesImplementation[];
  /** Stand-ins, which go before the real ones. @default none */
  readonly mocks?: readonly ActivityMock[];
  readonly worker?: undefined;
}

/** A rig whose worker has a process of its own, which can be killed. */
export interface WorkerProcessRigOptions extends RigSettings {
  readonly worker: {
    /** Exports a `RigWorker` as `worker`: functions can't cross to another process. */
    readonly module: URL | string;
    /** Handed to the worker's `activities` and `mocks`; what structured clone can carry. @default undefined */
    readonly data?: unknown;
    /** How Node starts it. @default the flags of this process */
    readonly nodeFlags?: readonly string[];
  };
}

/** What a rig runs, and on which server. */
export type TestRigOptions = InProcessRigOptions | WorkerProcessRigOptions;
