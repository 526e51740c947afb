import { UnknownQueue } from "../core/errors/unknown-queue.ts";
import { type AppQueue, type QueuedApp, queuesOf } from "../core/queue.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";

/** The queues that a worker works on. @throws {@link UnknownQueue}, or `InvalidDefinition` for none at all. */
export function workedQueues(app: QueuedApp, names: readonly string[] | undefined): readonly AppQueue[] {
  const all = queuesOf(app);
  if (names === undefined) return all;
  const known = all.map(({ queue }) => queue);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UnknownQueue(unknown, { app: app.name, known });
  if (names.length > 0) return all.filter(({ queue }) => names.includes(queue));
  throw new InvalidDefinition({
    what: `\`queues\` of the worker of app "${app.name}"`,
    got: names,
    remedy: `Name at least one of ${known.join(", ")}, or leave it out for all.`,
  });
}
