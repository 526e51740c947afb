import type { StoredAlertRule } from "tenuto";
import type { AlertRuleTrial } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";
import { jsonOption } from "./json-option.ts";
import { distance } from "./relative-time.ts";

const path = "/v1/alert-rules";

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

/** Lists the rules. */
export async function listRules({ api, output, isJson }: Cli): Promise<undefined> {
  const rules = await api.get<{ readonly items: readonly StoredAlertRule[] }>(path);
  if (isJson) {
    output.json(rules);
    return;
  }
  output.table(rules.items, [
    { title: "ID", value: ({ id }) => id },
    { title: "IS", value: ({ isEnabled }) => (isEnabled ? "on" : "off") },
    { title: "ORIGIN", value: ({ origin }) => origin, leaveOut: 1 },
    { title: "SEVERITY", value: ({ severity }) => severity, leaveOut: 2 },
    { title: "CHANNELS", value: ({ channels }) => channels.join(", "), atLeast: 12 },
    { title: "TITLE", value: ({ title }) => title, atLeast: 14 },
  ]);
}

/** Shows a rule; of what may be put again, nothing is left out. */
export async function showRule({ api, output, isJson }: Cli, id: string): Promise<undefined> {
  const rule = await api.get<StoredAlertRule>(pathOf(id));
  if (isJson) {
    output.json(rule);
    return;
  }
  const { origin, original, changed, id: _, ...what } = rule;
  output.fields([
    ["Rule", rule.id],
    ["Origin", original === undefined ? origin : `${origin}, in place of the one that is ${original}`],
    ["Changed", changed && `by ${changed.by}: ${changed.reason}, ${distance(changed.at, Date.now())} ago`],
  ]);
  output.heading("What it says");
  output.indentedJson(what);
}

/** Adds a rule, or edits it. */
export async function putRule(
  cli: Cli,
  id: string,
  { rule: text, reason }: { readonly rule: string; readonly reason: string },
): Promise<undefined> {
  const { api, output, isJson } = cli;
  const given = await jsonOption(cli, { option: "The rule", text });
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new UsageError("The rule is no JSON object. Give one as `tenuto alerts rules show` shows.");
  const rule = await api.put<StoredAlertRule>(pathOf(id), { ...given, reason });
  if (isJson) output.json(rule);
  else output.line(`Rule ${rule.id} holds as you said, and no deploy changes it until it is deleted.`);
}

/** Deletes what was put. */
export async function deleteRule({ api, output, isJson }: Cli, id: string, reason: string): Promise<undefined> {
  const deleted = await api.remove<{ readonly back?: StoredAlertRule }>(pathOf(id), { reason });
  if (isJson) {
    output.json(deleted);
    return;
  }
  const { back } = deleted;
  output.line(back ? `Rule ${id} is the one that is ${back.origin} again.` : `Rule ${id} is gone.`);
}

/** Says what a rule would have raised over the last day. */
export async function tryRule(cli: Cli, id: string, text: string | undefined): Promise<undefined> {
  const { api, output, isJson } = cli;
  const condition = await jsonOption(cli, { option: "--condition", text });
  const body = condition === undefined ? {} : { condition };
  const trial = await api.post<AlertRuleTrial>(`${pathOf(id)}/dry-run`, body);
  if (isJson) {
    output.json(trial);
    return;
  }
  const { alerts, truncated, leavesOut } = trial;
  const nowMs = Date.now();
  if (alerts.length === 0) output.notice("It would have raised nothing over the last day.");
  else
    output.table(alerts, [
      { title: "WHEN", value: ({ at }) => `${distance(at, nowMs)} ago` },
      { title: "SUBJECT", value: ({ subject }) => subject, atLeast: 12, leaveOut: 1 },
      { title: "TITLE", value: ({ title }) => title, atLeast: 20 },
    ]);
  if (truncated) output.notice("There was more to read than a trial reads.");
  if (leavesOut !== undefined) output.notice(leavesOut);
}
