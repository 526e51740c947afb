import { readFileSync } from "node:fs";
import { parse } from "yaml";

const profileFolder = new URL("../../deploy/temporal/", import.meta.url);

/** What `deploy/temporal/` says about a server: the same for the embedded one and docker-compose. */
export interface ServerProfile {
  readonly dynamicConfig: Readonly<Record<string, unknown>>;
  readonly searchAttributes: Readonly<Record<string, string>>;
}

/**
 * Reads the server profile from `deploy/temporal/`.
 *
 * @throws Error when a value of the dynamic configuration has constraints, which the embedded server can't take.
 */
export function readServerProfile(): ServerProfile {
  const dynamicConfig = parse(readFileSync(new URL("dynamic-config.yaml", profileFolder), "utf8")) as Readonly<
    Record<string, readonly { readonly value: unknown; readonly constraints?: object }[]>
  >;
  const namespace = JSON.parse(readFileSync(new URL("namespace.json", profileFolder), "utf8")) as ServerProfile;
  return {
    dynamicConfig: Object.fromEntries(
      Object.entries(dynamicConfig).map(([key, values]) => [key, onlyValue(key, values)]),
    ),
    searchAttributes: namespace.searchAttributes,
  };
}

function onlyValue(
  key: string,
  values: readonly { readonly value: unknown; readonly constraints?: object }[],
): unknown {
  const [first, ...others] = values;
  if (first && others.length === 0 && Object.keys(first.constraints ?? {}).length === 0) return first.value;
  throw new Error(`deploy/temporal/dynamic-config.yaml: ${key} must have one value and no constraints`);
}

/** Where one embedded server keeps its data and listens; without `uiPort` it has no Web UI. */
export interface ServerPlace {
  readonly dbFile: string;
  readonly port: number;
  readonly uiPort?: number | undefined;
  /** The codec server of the Web UI. */
  readonly codecUrl?: string | undefined;
}

/** The arguments with which `temporal` starts a server of this profile. Data outlives a kill -9. */
export function serverArguments(profile: ServerProfile, { dbFile, port, uiPort, codecUrl }: ServerPlace): string[] {
  // The ports of the HTTP API and of the metrics are left to the server, which picks free ones.
  return [
    ...["server", "start-dev", "--ip", "127.0.0.1", "--port", String(port), "--db-filename", dbFile],
    ...["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"],
    ...(uiPort === undefined ? ["--headless"] : ["--ui-port", String(uiPort), "--ui-disable-news-fetch"]),
    ...(uiPort !== undefined && codecUrl !== undefined ? ["--ui-codec-endpoint", codecUrl] : []),
    ...["--log-level", "error", "--color", "never", "--disable-config-file"],
    ...Object.entries(profile.dynamicConfig).flatMap(([key, value]) => [
      "--dynamic-config-value",
      `${key}=${JSON.stringify(value)}`,
    ]),
    ...Object.entries(profile.searchAttributes).flatMap(([name, type]) => ["--search-attribute", `${name}=${type}`]),
  ];
}
