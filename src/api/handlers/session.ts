import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { presentedCredential, unauthenticated } from "../guard/authentication.ts";
import { RequestRefused } from "../request-refused.ts";
import type { SessionBody, SessionHeaders } from "../schemas.ts";

interface SessionRequest {
  readonly headers: z.output<typeof SessionHeaders>;
}

interface SignInRequest extends SessionRequest {
  readonly body: z.output<typeof SessionBody>;
}

export async function signIn({ body, headers }: SignInRequest, { sessions }: Context): Promise<Reply> {
  if (!sessions) {
    throw new RequestRefused("NOT_FOUND", { detail: "Nobody signs in here: the API has no keys and no issuer." });
  }
  const credential = body.key ?? presentedCredential(headers);
  if (credential === undefined)
    throw unauthenticated('Send your key as "key" in the body, or a key or token as Bearer.');
  const { principal, csrfToken, cookie } = await sessions.open(credential, headers);
  return { status: 200, headers: { "Set-Cookie": cookie }, body: { principal, csrfToken } };
}

/** For a page that was loaded anew: who it is, and what it has to send along. */
export async function showSession({ headers }: SessionRequest, { sessions, principal }: Context): Promise<Reply> {
  const session = await sessions?.current(headers);
  return { status: 200, body: { principal, csrfToken: session?.csrfToken ?? null } };
}

export async function signOut({ headers }: SessionRequest, { sessions }: Context): Promise<Reply> {
  const cookie = await sessions?.end(headers);
  return { status: 200, ...(cookie !== undefined && { headers: { "Set-Cookie": cookie } }), body: { signedOut: true } };
}
