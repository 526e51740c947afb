// Runs a command in a process group of its own, so that a Ctrl-C in the terminal doesn't reach it before its turn, and
// ends it when the process that started this one is gone, also by kill -9. Takes {kind: "signal", signal} and tells
// {kind: "started", pid} over IPC.
import { spawn } from "node:child_process";

const [command = "", ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

const tell = (/** @type {object} */ message) => process.connected && process.send?.(message, () => {});
const end = () => {
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
};

child.once("spawn", () => tell({ kind: "started", pid: child.pid }));
child.once("error", (error) => {
  console.error(`${command} can't be started: ${error.message}`);
  process.exit(1);
});
child.once("exit", (code, signal) => {
  if (code !== null) process.exit(code);
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.removeAllListeners(name);
  process.kill(process.pid, signal ?? "SIGKILL");
});
for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(name, end);
process.on("message", (/** @type {{ kind: string, signal: NodeJS.Signals }} */ message) => {
  if (message.kind === "signal") child.kill(message.signal);
});
process.once("disconnect", end);
if (!process.connected) end();
