import type { Reply } from "./context.ts";

/** A reply whose paths lead to where the API is mounted; handlers and client know the paths from its root. */
export function mountedAt(prefix: string, reply: Reply): Reply {
  if (prefix === "") return reply;
  const { headers = {}, body } = reply;
  const location = headers["Location"];
  return {
    ...reply,
    ...(location !== undefined && { headers: { ...headers, Location: under(prefix, location) } }),
    body: withLinks(prefix, body),
  };
}

/** Links are those of what is told, or of the items of a list. */
function withLinks(prefix: string, body: unknown): unknown {
  if (!isRecord(body)) return body;
  const { links, items } = body;
  return {
    ...body,
    ...(isRecord(links) && {
      links: Object.fromEntries(
        Object.entries(links).map(([name, link]) => [name, typeof link === "string" ? under(prefix, link) : link]),
      ),
    }),
    ...(Array.isArray(items) && { items: items.map((item) => withLinks(prefix, item)) }),
  };
}

function under(prefix: string, link: string): string {
  return link.startsWith("/v1/") ? prefix + link : link;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
