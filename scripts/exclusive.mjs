// A lock file between processes of one user. The holder touches it every two seconds; a file nobody has touched for
// 15 s was left by a process that died, and is taken over. Should two processes hold it after all (a laptop that slept),
// each piece of work behind it still ends in an atomic rename or checks again, so the worst case is work done twice.
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STALE_AFTER_MS = 15_000;

/**
 * Does the work while no other process does work under the same lock file.
 *
 * @template T
 * @param {string} lockFile
 * @param {() => void} onWait called once when another process holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(lockFile, onWait, work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let waited = false; !tryLock(lockFile); waited = true) {
    if (!waited && !isStale(lockFile)) onWait();
    if (isStale(lockFile)) rmSync(lockFile, { force: true });
    else await sleep(300);
  }
  const touch = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(lockFile, now, now);
    } catch {
      // Somebody removed it; the work behind it stands that.
    }
  }, 2_000);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    rmSync(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
function tryLock(lockFile) {
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, `${hostname()} ${process.pid}`);
  try {
    // A link appears with its content, unlike a file that is opened and then written.
    linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} lockFile */
function isStale(lockFile) {
  try {
    if (Date.now() - statSync(lockFile).mtimeMs > STALE_AFTER_MS) return true;
    const [host, pid] = readFileSync(lockFile, "utf8").split(" ");
    return host === hostname() && !isAlive(Number(pid));
  } catch {
    return false; // Gone meanwhile.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH";
  }
}
