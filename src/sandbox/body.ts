import type { z } from "zod";
import { Problem } from "./problem.ts";

/**
 * The body as the schema has it, without members the schema doesn't know.
 *
 * @throws a 422 problem that points at each member that can't be used.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Problem(422, "InvalidBody", {
    detail: "The body is JSON, but not what this operation takes. See `errors`.",
    errors: parsed.error.issues.map(({ path, message }) => ({ pointer: pointerTo(path), message })),
  });
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
