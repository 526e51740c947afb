import type { IncomingMessage } from "node:http";
import { RequestRefused } from "../request-refused.ts";
import type { Sessions } from "./sessions.ts";
import { developer, type Principal } from "./principal.ts";

/** What a request asks for. */
export interface AskedOperation {
  /** A POST that only asks, so that no page of another site gains anything by sending it. */
  readonly changesNothing: boolean;
}

/** Says who asks. */
export interface Authentication {
  /**
   * Who sent the request; `undefined` for nobody, who is then answered 401.
   *
   * @example
   * ```ts
   * const authentication: Authentication = {
   *   authenticate: ({ headers }) =>
   *     headers["x-user"] === "ada" ? { name: "ada", role: "operator", taskRoles: ["support"] } : undefined,
   * };
   * ```
   */
  authenticate(
    request: IncomingMessage,
    asked?: AskedOperation,
  ): Promise<Principal | undefined> | Principal | undefined;
  /** What `/v1/session` signs in to. @default nothing: nobody signs in */
  readonly sessions?: Sessions;
}

/**
 * Without credentials: whoever is on this machine may do everything. A name that leads here from elsewhere (DNS
 * rebinding), or a proxy that lets others in, makes a caller one who is not.
 */
export const thisMachineOnly: Authentication = {
  authenticate({ headers, socket }) {
    const isForwarded = headers.forwarded !== undefined || headers["x-forwarded-for"] !== undefined;
    const isHere = isLoopbackAddress(socket.remoteAddress ?? "") && isLoopbackHost(headers.host ?? "");
    if (isHere && !isForwarded) return developer;
    throw unauthenticated(
      "The API has no credentials, so that only this machine can use it, as localhost. Configure API keys or OIDC.",
    );
  },
};

/** Whether nobody but this machine reaches an address. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || isLoopbackAddress(name);
}

function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}

/**
 * The key or the token that a request carries.
 *
 * @throws {@link RequestRefused} when the header is there and is no `Bearer`.
 */
export function presentedCredential(headers: IncomingMessage["headers"]): string | undefined {
  const { authorization, "x-api-key": apiKey } = headers;
  if (authorization === undefined) return typeof apiKey === "string" ? apiKey : undefined;
  const [, credential] = /^bearer +(\S+) *$/i.exec(authorization) ?? [];
  if (credential !== undefined) return credential;
  throw unauthenticated('The header "Authorization" can\'t be read. Send "Bearer", a space, and your key or token.');
}

/** A 401; nothing of what was presented is in it. */
export function unauthenticated(detail: string, reason?: "invalid_token"): RequestRefused {
  const challenge = `Bearer realm="tenuto"${reason === undefined ? "" : `, error="${reason}"`}`;
  return new RequestRefused("UNAUTHENTICATED", { detail, headers: { "WWW-Authenticate": challenge } });
}
