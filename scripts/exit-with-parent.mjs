// Preloaded into the processes of `npm run dev`: when the parent is gone, also by kill -9, they end as on SIGTERM.
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.channel) {
  process.channel.unref();
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), 15_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
}
