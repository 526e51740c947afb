import { Context } from "@temporalio/activity";
import type { AlertSink } from "./watch-activities.ts";

/** Alerts that are lines of the worker's log, and nothing more. */
export const logAlerts: AlertSink = {
  raise: (_temporal, { rule, subject, severity, title, text, links }) => {
    Context.current().log.warn(`Alert: ${title}`, { rule, subject, severity, text, links });
    return Promise.resolve();
  },
  end: (_temporal, { rule, subject }, { reason }) => {
    Context.current().log.info("Alert is over", { rule, subject, reason });
    return Promise.resolve();
  },
};
