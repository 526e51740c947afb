import type { AlertMessage, AlertMessageKind } from "../../core/alert-delivery.ts";

const prefixes: Readonly<Record<AlertMessageKind, string>> = {
  raised: "",
  escalated: "Nobody has taken this on: ",
  acknowledged: "Taken on: ",
  resolved: "Resolved: ",
};

/** An alert in one line. */
export function headlineOf({ kind, alert }: AlertMessage): string {
  return `${prefixes[kind]}${alert.title}`;
}

/** What there is to say besides the headline, in lines. */
export function linesOf({ kind, alert }: AlertMessage): readonly string[] {
  const { text, acknowledged, resolved, severity, rule, count, tenant, firstAt } = alert;
  return [
    ...(kind === "acknowledged" && acknowledged ? [`By ${acknowledged.by}: ${acknowledged.reason}`] : []),
    ...(kind === "resolved" && resolved ? [resolved.reason] : []),
    ...(text === "" ? [] : [text]),
    [
      `Severity ${severity}, rule ${rule}, ${count === 1 ? "once" : `${count} times`} since ${firstAt}`,
      ...(tenant === undefined ? [] : [`tenant ${tenant}`]),
    ].join(", "),
  ];
}

/** A text of at most so many characters. */
export function cutTo(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Its links that lead to a page. */
export function pagesOf({ links }: AlertMessage["alert"]): readonly (readonly [name: string, url: string])[] {
  return Object.entries(links).filter(([, url]) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
}
