// Node's side of a batch operation. Each of these may be cut anywhere and made again.
import { Context } from "@temporalio/activity";
import { actOnBatchItem } from "../client/act-on-batch-item.ts";
import { batchIdentity } from "../client/batch-act.ts";
import type { Encryption } from "../client/encryption.ts";
import { findBatchItems } from "../client/find-batch-items.ts";
import { inParallel } from "../client/in-parallel.ts";
import { Temporal } from "../client/temporal.ts";
import {
  batchActivityTypes as types,
  type BatchOrder,
  type BatchTask,
  type FoundItems,
  type ItemOrder,
  type ItemResult,
} from "../core/batch.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { beat, whileBeating } from "./while-beating.ts";

const atOnce = 5;

/** A worker that restarts is there again within two minutes of these. */
const patientAttempts = 5;

/** The activities of `tenutoBatch`. */
export function batchActivities(encryption: Encryption | undefined) {
  return {
    [types.find]: async (order: BatchOrder): Promise<FoundItems> => findBatchItems(reachOf(order), order, beat),
    [types.act]: async ({ order, items }: BatchTask): Promise<readonly ItemResult[]> => {
      // What goes into a step by a contract was parsed when the batch was started.
      const reach = { temporal: reachOf(order), app: { name: systemTaskQueue, workflows: [], activities: [] } };
      const { attempt } = Context.current().info;
      const hasPatience = attempt <= patientAttempts;
      return whileBeating(() =>
        inParallel(items, atOnce, async (item) => {
          beat();
          return actOnBatchItem(reach, { order, item, hasPatience });
        }),
      );
    },
  } as const;

  function reachOf({ id, tenant }: ItemOrder): Temporal {
    const { connection, options } = Context.current().client;
    const temporal = new Temporal({
      connection,
      namespace: options.namespace,
      identity: batchIdentity(id),
      encryption,
    });
    return tenant === undefined ? temporal : temporal.forTenant(tenant);
  }
}
