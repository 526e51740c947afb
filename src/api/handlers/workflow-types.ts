import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { TypeParams } from "../schemas.ts";

export function listTypes(_request: unknown, { catalogue }: Context): Reply {
  return { status: 200, body: { items: catalogue.all() } };
}

export function showType({ params }: { readonly params: z.output<typeof TypeParams> }, { catalogue }: Context): Reply {
  return { status: 200, body: catalogue.find(params.type) };
}
