import { z } from "zod";

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);

const origins = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .refine((all) => all.every((each) => URL.canParse(each) && new URL(each).origin === each), {
    error: "Origins such as https://ops.example, comma-separated",
  });

const workers = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .refine((all) => all.every((each) => /^https?:\/\//.test(each) && URL.canParse(each)), {
    error: "URLs such as http://worker:9464, comma-separated",
  });

const Variables = z.object({
  TENUTO_PORT: port(3000),
  TENUTO_SANDBOX_PORT: port(3001),
  TENUTO_METRICS_PORT: port(9464),
  TENUTO_PROMETHEUS_URL: z.url({ protocol: /^https?$/ }).optional(),
  TENUTO_WORKERS: workers.optional(),
  TENUTO_HOST: z.string().min(1).default("127.0.0.1"),
  TENUTO_API_KEYS: z.string().optional(),
  TENUTO_OIDC_ISSUER: z.url().optional(),
  TENUTO_OIDC_AUDIENCE: z.string().optional(),
  TENUTO_OIDC_JWKS_URL: z.url().optional(),
  TENUTO_OIDC_NAME_CLAIM: z.string().optional(),
  TENUTO_OIDC_ROLE_CLAIM: z.string().optional(),
  TENUTO_OIDC_TENANT_CLAIM: z.string().optional(),
  TENUTO_OIDC_TASK_ROLES_CLAIM: z.string().optional(),
  TENUTO_SESSION_SECRET: z.string().optional(),
  TENUTO_ENCRYPTION_KEYS: z.string().optional(),
  TENUTO_ALERT_CHANNELS: z.string().optional(),
  TENUTO_LINK_SECRET: z.string().optional(),
  TENUTO_PUBLIC_URL: z.url().optional(),
  TENUTO_CORS_ORIGINS: origins.optional(),
  TENUTO_RATE_LIMIT: z.coerce.number().int().min(1).max(1_000_000).optional(),
  TENUTO_QUEUES: z.string().optional(),
  TENUTO_SLOTS: z.string().optional(),
  TENUTO_MAX_STEPS_PER_SECOND: z.coerce.number().min(0.001).max(1_000_000).optional(),
  TENUTO_EVENTS: z.enum(["on", "off"]).default("on"),
  TENUTO_DATA_DIR: z.string().min(1).default(".tenuto"),
  TENUTO_SANDBOX_URL: z.url().optional(),
  TENUTO_TEMPORAL_PORT: port(7233),
  TENUTO_TEMPORAL_UI_PORT: port(8233),
  TENUTO_TEMPORAL_UI_URL: z.url().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  TENUTO_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** What the process entry points need from the environment, typed and with its defaults. Ports are TCP ports. */
export interface Environment {
  readonly apiPort: number;
  readonly sandboxPort: number;
  readonly metricsPort: number;
  /** Where numbers of steps are asked for; it may have a password. */
  readonly prometheusUrl: string | undefined;
  /** Base URLs of the workers that are asked for them where there is no Prometheus. */
  readonly workerUrls: readonly string[];
  readonly host: string;
  /** As `parseApiKeys` of `tenuto/api` reads them; secret. */
  readonly apiKeys: string | undefined;
  /** Secret. */
  readonly sessionSecret: string | undefined;
  /** As `createEncryption` of `tenuto/client` reads them; secret. */
  readonly encryptionKeys: string | undefined;
  /** As `parseAlertChannels` reads them; secret. */
  readonly alertChannels: string | undefined;
  /** As `taskLinksOf` reads it; secret. */
  readonly linkSecret: string | undefined;
  /** Where people reach the API. */
  readonly publicUrl: string;
  readonly oidc: OidcEnvironment | undefined;
  readonly corsOrigins: readonly string[] | undefined;
  /** Requests of a principal in a minute. */
  readonly requestsPerMinute: number | undefined;
  /** The app's queues that the worker works on. */
  readonly queues: readonly string[] | undefined;
  /** As `parseSlots` of `tenuto/worker` reads them. */
  readonly slots: string | undefined;
  /** How many steps the worker begins in a second at most. */
  readonly maxStepsPerSecond: number | undefined;
  /** Whether the worker takes the events of brokers, too. */
  readonly takesEvents: boolean;
  readonly dataDir: string;
  readonly sandboxUrl: string;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
  readonly temporalUiUrl: string;
  /** Whether spans are sent; OpenTelemetry reads its own variables for where and how. */
  readonly isTraced: boolean;
  readonly logLevel: z.infer<typeof Variables>["TENUTO_LOG_LEVEL"];
}

/** Whose tokens the API takes. */
interface OidcEnvironment {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string | undefined;
  readonly nameClaim: string | undefined;
  readonly roleClaim: string | undefined;
  readonly tenantClaim: string | undefined;
  readonly taskRolesClaim: string | undefined;
}

/** A variable of the environment that can't be used. */
export class InvalidEnvironment extends Error {
  override readonly name = "InvalidEnvironment";
  readonly code = "INVALID_ENVIRONMENT";
}

/**
 * Reads Tenuto's variables; an empty value counts as unset.
 *
 * @throws {@link InvalidEnvironment} naming each variable, what was got and what it takes.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in Variables.shape && value));
  const parsed = Variables.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name}: ${issue.message} (got ${JSON.stringify(given[name])})`;
    });
    throw new InvalidEnvironment(`The environment can't be used. Correct or unset these:\n  ${lines.join("\n  ")}`);
  }
  const v = parsed.data;
  return {
    apiPort: v.TENUTO_PORT,
    sandboxPort: v.TENUTO_SANDBOX_PORT,
    metricsPort: v.TENUTO_METRICS_PORT,
    prometheusUrl: v.TENUTO_PROMETHEUS_URL,
    workerUrls: v.TENUTO_WORKERS ?? [`http://127.0.0.1:${v.TENUTO_METRICS_PORT}`],
    host: v.TENUTO_HOST,
    apiKeys: v.TENUTO_API_KEYS,
    sessionSecret: v.TENUTO_SESSION_SECRET,
    encryptionKeys: v.TENUTO_ENCRYPTION_KEYS,
    alertChannels: v.TENUTO_ALERT_CHANNELS,
    linkSecret: v.TENUTO_LINK_SECRET,
    publicUrl: v.TENUTO_PUBLIC_URL ?? `http://127.0.0.1:${v.TENUTO_PORT}`,
    oidc: oidcOf(v),
    corsOrigins: v.TENUTO_CORS_ORIGINS,
    requestsPerMinute: v.TENUTO_RATE_LIMIT,
    queues: v.TENUTO_QUEUES?.split(",").map((each) => each.trim()),
    slots: v.TENUTO_SLOTS,
    maxStepsPerSecond: v.TENUTO_MAX_STEPS_PER_SECOND,
    takesEvents: v.TENUTO_EVENTS === "on",
    dataDir: v.TENUTO_DATA_DIR,
    sandboxUrl: v.TENUTO_SANDBOX_URL ?? `http://127.0.0.1:${v.TENUTO_SANDBOX_PORT}`,
    temporalPort: v.TENUTO_TEMPORAL_PORT,
    temporalUiPort: v.TENUTO_TEMPORAL_UI_PORT,
    temporalUiUrl: v.TENUTO_TEMPORAL_UI_URL ?? `http://127.0.0.1:${v.TENUTO_TEMPORAL_UI_PORT}`,
    isTraced: v.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    logLevel: v.TENUTO_LOG_LEVEL,
  };
}

function oidcOf(v: z.infer<typeof Variables>): OidcEnvironment | undefined {
  const { TENUTO_OIDC_ISSUER: issuer, TENUTO_OIDC_AUDIENCE: audience } = v;
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || audience === undefined) {
    throw new InvalidEnvironment("TENUTO_OIDC_ISSUER and TENUTO_OIDC_AUDIENCE go together. Set both, or neither.");
  }
  return {
    issuer,
    audience,
    jwksUrl: v.TENUTO_OIDC_JWKS_URL,
    nameClaim: v.TENUTO_OIDC_NAME_CLAIM,
    roleClaim: v.TENUTO_OIDC_ROLE_CLAIM,
    tenantClaim: v.TENUTO_OIDC_TENANT_CLAIM,
    taskRolesClaim: v.TENUTO_OIDC_TASK_ROLES_CLAIM,
  };
}
