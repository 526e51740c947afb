// Links by which somebody answers one task without an account. A link is a JSON Web Token (RFC 7519), signed with HMAC and
// SHA-256 (RFC 7518), in the fragment of an address: browsers send a fragment to no server, and no log has it.
import { errors, jwtVerify, SignJWT } from "jose";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import { TaskLinkGone } from "../core/errors/task-link-gone.ts";
import { TaskLinkInvalid } from "../core/errors/task-link-invalid.ts";

/** What links are made with. */
export interface TaskLinkOptions {
  /** Each of 32 characters at least: the first signs, all are taken, so that a new one can come before the old one goes. */
  readonly secrets: readonly string[];
  /** Where people reach the API, such as `"https://tasks.example.com"`. */
  readonly publicUrl: string;
}

/** What a link says. */
export interface TaskLink {
  readonly taskId: string;
  readonly tenant?: string;
  /** The same for each time that one message is sent to one channel, and of no other. */
  readonly id: string;
  /** The channel that it was sent to. */
  readonly channel: string;
}

/** Makes and reads links, made by {@link createTaskLinks}. */
export interface TaskLinks {
  /** The address that shows the task, and answers it. */
  addressOf(link: TaskLink, expiresAt: Date): Promise<string>;
  /**
   * What the token of a link says.
   *
   * @throws `TaskLinkInvalid` of a token that is not ours, or was changed; `TaskLinkGone` when its time is over.
   */
  read(token: string): Promise<TaskLink>;
}

const audience = "tenuto-task";
const issuer = "tenuto";
const shortestSecret = 32;

/**
 * Makes links by which people answer tasks, for a worker's option `alerts` and for `createApi`.
 *
 * @throws `InvalidDefinition` when a secret is too short, or the address is none.
 * @example
 * ```ts
 * const links = createTaskLinks({ secrets: ["a secret of 32 characters or more"], publicUrl: "https://tasks.example.com" });
 * ```
 */
export function createTaskLinks({ secrets, publicUrl }: TaskLinkOptions): TaskLinks {
  const keys = secrets.map((secret) => new TextEncoder().encode(secret));
  const [signingKey] = keys;
  const lengths = secrets.map(({ length }) => length);
  if (!signingKey || lengths.some((length) => length < shortestSecret)) {
    const got = lengths.length === 0 ? "none" : `secrets of ${lengths.join(" and ")} characters`;
    throw unusable("The secret of task links", got, `Give ${shortestSecret} characters at least, at random.`);
  }
  const base = baseOf(publicUrl);
  return {
    async addressOf({ taskId, tenant, id, channel }, expiresAt) {
      const token = await new SignJWT({ channel, ...(tenant !== undefined && { tenant }) })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(taskId)
        .setJti(id)
        .setExpirationTime(expiresAt)
        .sign(signingKey);
      return `${base}/task-link#${token}`;
    },
    async read(token) {
      for (const key of keys) {
        const link = await verified(token, key);
        if (link) return link;
      }
      throw new TaskLinkInvalid();
    },
  };
}

async function verified(token: string, key: Uint8Array): Promise<TaskLink | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, { audience, issuer, algorithms: ["HS256"] });
    const { sub: taskId, jti: id, channel, tenant } = payload;
    if (taskId === undefined || id === undefined || typeof channel !== "string") return undefined;
    return { taskId, id, channel, ...(typeof tenant === "string" && { tenant }) };
  } catch (error) {
    // It is checked after the signature.
    if (error instanceof errors.JWTExpired) throw new TaskLinkGone("expired");
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function baseOf(publicUrl: string): string {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  const isUsable = url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.search === "";
  if (isUsable && url.hash === "") return url.href.replace(/\/+$/, "");
  throw unusable("The public address of task links", publicUrl, 'Give one such as "https://tasks.example.com".');
}

function unusable(what: string, got: unknown, remedy: string): InvalidDefinition {
  return new InvalidDefinition({ what, got, remedy });
}
