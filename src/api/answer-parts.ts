// What the schemas of answers are made of.
import { runStatuses } from "tenuto/client";
import { z } from "zod";

/** Every member of a type, and none besides. */
export type Shape<Type> = Readonly<Record<keyof Type, z.ZodType>>;

export const time = z.iso.datetime({ offset: true }).meta({ pattern: undefined });
export const count = z.int().min(0).meta({ maximum: undefined });
export const anything = z.unknown().optional();
export const pageOf = (item: z.ZodType) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable().describe("Where the next page begins") });

export const RunStatus = z.enum(runStatuses).meta({ id: "RunStatus" });
