import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where what is built or installed once is kept, for all clones of a user.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function cacheDirectory(env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tenuto");
}
