// Node's side of the watch. Each of these may be cut anywhere and made again.
import { Context } from "@temporalio/activity";
import { readAlertRules } from "../client/alert-rules.ts";
import type { Encryption } from "../client/encryption.ts";
import { evaluateRule } from "../client/evaluate-rule.ts";
import { endAlert, raiseAlert } from "../client/raise-alert.ts";
import { type Moment, momentOf } from "../client/rule-moment.ts";
import { Temporal } from "../client/temporal.ts";
import { Watching } from "../client/watched-letters.ts";
import type { AlertEnd, RaisedAlert } from "../core/alert.ts";
import {
  newsOf,
  type RuleFindings,
  watchActivityTypes as types,
  type WatchNews,
  type WatchPass,
} from "../core/watch.ts";
import type { AlertRule } from "../core/alert-rule.ts";
import { TemporalRefused } from "../core/errors/temporal-refused.ts";
import { beat } from "./while-beating.ts";

/** How alerts are raised and ended; what is told twice is told once. */
export interface AlertSink {
  raise(temporal: Temporal, raised: RaisedAlert): Promise<unknown>;
  end(temporal: Temporal, alert: Pick<RaisedAlert, "rule" | "subject" | "tenant">, end: AlertEnd): Promise<unknown>;
}

/** Raises and ends them for real. */
export const alertSink: AlertSink = { raise: raiseAlert, end: endAlert };

/** The activities of `tenutoWatch`. */
export function watchActivities(sink: AlertSink, encryption: Encryption | undefined) {
  return {
    [types.look]: async (pass: WatchPass): Promise<WatchNews> => {
      const temporal = temporalOf();
      const record = await readAlertRules(temporal);
      const watching = new Watching(temporal, beat);
      const moment = momentOf(record, Date.now());
      const looked: RuleFindings[] = [];
      for (const rule of record.rules) {
        if (!rule.isEnabled) continue;
        looked.push({ rule, ...(await look(watching, rule, moment)) });
      }
      return newsOf(pass, looked);
    },
    [types.tell]: async ({ raise, end }: WatchNews): Promise<void> => {
      const temporal = temporalOf();
      const at = new Date().toISOString();
      for (const { reason, ...alert } of end) {
        beat();
        await sink.end(temporal, alert, { reason, at });
      }
      for (const raised of raise) {
        beat();
        await sink.raise(temporal, raised);
      }
    },
  } as const;

  function temporalOf(): Temporal {
    const { connection, options } = Context.current().client;
    return new Temporal({ connection, namespace: options.namespace, identity: watchIdentity, encryption });
  }
}

const watchIdentity = "tenuto-watch";

/** A rule that the server can't answer keeps nobody from the others. */
async function look(watching: Watching, rule: AlertRule, moment: Moment): Promise<Omit<RuleFindings, "rule">> {
  try {
    const { items, truncated } = await evaluateRule(watching, rule, moment);
    return { found: items, truncated };
  } catch (error) {
    if (!(error instanceof TemporalRefused)) throw error;
    Context.current().log.error("An alert rule could not be evaluated", { rule: rule.id, error });
    return { found: [], truncated: true };
  }
}
