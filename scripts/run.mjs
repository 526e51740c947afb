import { spawn } from "node:child_process";
import { constants } from "node:os";

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command to its end and hands SIGINT, SIGTERM and SIGHUP on to it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions & {
 *   onLine?: (line: string) => void,
 *   exitOnSignal?: boolean,
 *   abort?: AbortSignal,
 * }} [options] `onLine` takes the output (both streams) line by line; `exitOnSignal` (default) ends this process once the
 *   command has ended after a signal
 * @returns {Promise<number>} the exit code; 128 + n when the command died of signal n
 */
export function run(command, args, { onLine, exitOnSignal = true, abort, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: onLine ? ["ignore", "pipe", "pipe"] : (options.stdio ?? "inherit"),
    });
    let interrupted = false;
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      interrupted = true;
      child.kill(signal);
    };
    const stop = () => child.kill("SIGKILL");
    const settle = () => {
      for (const signal of SIGNALS) process.off(signal, forward);
      abort?.removeEventListener("abort", stop);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    abort?.addEventListener("abort", stop);
    if (onLine) for (const stream of [child.stdout, child.stderr]) readLines(stream, onLine);
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code, signal) => {
      settle();
      const status = code ?? 128 + (signal ? constants.signals[signal] : 0);
      if (interrupted && exitOnSignal) process.exit(status || 130);
      resolve(status);
    });
  });
}

/**
 * @param {import("node:stream").Readable | null} stream
 * @param {(line: string) => void} onLine
 */
function readLines(stream, onLine) {
  let rest = "";
  stream?.setEncoding("utf8").on("data", (chunk) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream?.on("end", () => rest && onLine(rest));
}
