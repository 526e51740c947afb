/** A set-up step that makes a server; `reason` says why it can't. */
export type ServerStep = (options: {
  readonly target: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
  readonly checkVersion: (path: string) => Promise<void>;
}) => Promise<{ readonly path: string } | { readonly reason: string }>;

/** What {@link findTemporalServer} works with; `download` and `build` are replaced in tests only. */
export interface FindOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: (line: string) => void;
  readonly download?: ServerStep;
  readonly build?: ServerStep;
}

/** A `temporal` binary and where it came from. */
export interface FoundServer {
  readonly path: string;
  readonly source: "TEMPORAL_CLI_PATH" | "PATH" | "cache" | "download" | "build";
}

/** Finds a `temporal` binary, or gets one: TEMPORAL_CLI_PATH, `temporal` on PATH, our cache, the SDK's download, `go build`. */
export function findTemporalServer(options: FindOptions): Promise<FoundServer>;

/** Where the built or downloaded server is kept; the name follows the pinned recipe in `server/`. */
export function cachedServer(env: Readonly<Record<string, string | undefined>>): string;
