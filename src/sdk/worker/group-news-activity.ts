// Tells of an error group to whom alert rules say. It may be cut anywhere and made again: an alert knows what it was told.
import { readAlertRules } from "../client/alert-rules.ts";
import { mayTellInput } from "../client/dead-letter.ts";
import type { Encryption } from "../client/encryption.ts";
import { isAboutAlerts } from "../core/alert.ts";
import { alertsFor, type GroupEvent } from "../core/alert-rules.ts";
import type { ErrorGroupRecord } from "../core/error-group.ts";
import { patternOf } from "../core/fingerprint.ts";
import { type GroupNews, groupNewsActivityType } from "../core/group-news.ts";
import { serverOf } from "./redrive-activities.ts";
import type { AlertSink } from "./watch-activities.ts";

/** The activity of `tenutoErrorGroup`. */
export function groupNewsActivity(
  sink: AlertSink,
  encryption: Encryption | undefined,
): Readonly<Record<string, (news: GroupNews) => Promise<void>>> {
  return {
    [groupNewsActivityType]: async ({ news, record }) => {
      if (isAboutAlerts(record.type)) return;
      const temporal = serverOf(encryption);
      const { rules } = await readAlertRules(temporal);
      if (news !== "dealtWith") {
        for (const raised of alertsFor(rules, eventOf(news, record))) await sink.raise(temporal, raised);
        return;
      }
      const { fingerprint: subject, tenant, resolved, ignored } = record;
      const by = resolved ?? ignored;
      const end = { reason: `${record.status} by ${by?.by ?? "somebody"}: ${by?.reason ?? ""}`, at: by?.at ?? "" };
      const kinds: readonly string[] = ["groupNew", "groupRegressed"];
      for (const { id: rule, condition } of rules) {
        if (!kinds.includes(condition.kind)) continue;
        await sink.end(temporal, { rule, subject, ...(tenant !== undefined && { tenant }) }, end);
      }
    },
  };
}

function eventOf(news: "new" | "regressed", record: ErrorGroupRecord): GroupEvent {
  const { type, step, isOfEvents, fingerprint, errorType, message, sample } = record;
  const { regression, regressions, tenant, firstSeenAt } = record;
  // It goes to places where nobody knows what contracts redact.
  const isHidden = mayTellInput({ kind: sample.kind, ...(step !== undefined && { step }), isOfEvents });
  const where = step ?? type;
  return {
    kind: news === "new" ? "groupNew" : "groupRegressed",
    type,
    ...(step !== undefined && { step }),
    ...(isOfEvents && { isOfEvents }),
    fingerprint,
    errorType,
    title: isHidden ? `${where}: ${errorType}` : `${where}: ${errorType}: ${patternOf(message)}`,
    buildId: news === "new" ? sample.buildId : regression?.buildId,
    regression: news === "new" ? 0 : regressions,
    tenant,
    at: news === "new" ? firstSeenAt : (regression?.at ?? firstSeenAt),
  };
}
