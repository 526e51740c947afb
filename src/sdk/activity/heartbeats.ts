// A cancellation reaches an attempt with its heartbeats only, so they are sent for the author. The details of each replace
// those of the one before, so the author's latest go with every one.
import type { Context } from "@temporalio/activity";

/** Sends heartbeats for an attempt, with the details that its author gave last; what it answers ends that. */
export function startHeartbeats(context: Context, everyMs: number): () => void {
  const send = context.heartbeat;
  // An attempt that ends before its author told anything leaves what the one before it left.
  let latest: unknown = context.info.heartbeatDetails;
  const heartbeat: Context["heartbeat"] = (details) => {
    latest = details ?? latest;
    send(latest);
  };
  // Temporal's own `heartbeat()` calls the context's.
  Object.defineProperty(context, "heartbeat", { value: heartbeat });
  const timer = setInterval(heartbeat, everyMs);
  return () => {
    clearInterval(timer);
  };
}
