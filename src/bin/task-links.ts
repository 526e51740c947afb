import { InvalidDefinition } from "tenuto";
import { createTaskLinks, type TaskLinks } from "tenuto/client";
import { type Environment, InvalidEnvironment } from "./environment.ts";

/**
 * What makes and reads the links by which people answer tasks; `undefined` without `TENUTO_LINK_SECRET`.
 *
 * @throws {@link InvalidEnvironment} saying what is wrong, without the secret.
 */
export function taskLinksOf({
  linkSecret,
  publicUrl,
}: Pick<Environment, "linkSecret" | "publicUrl">): TaskLinks | undefined {
  if (linkSecret === undefined) return undefined;
  try {
    return createTaskLinks({ secrets: linkSecret.split(",").map((secret) => secret.trim()), publicUrl });
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    throw new InvalidEnvironment(`TENUTO_LINK_SECRET or TENUTO_PUBLIC_URL can't be used. ${error.message}`);
  }
}
