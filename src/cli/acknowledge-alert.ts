import type { Alert } from "tenuto/client";
import type { Cli } from "./cli.ts";

/** Takes an alert on. */
export async function acknowledgeAlert({ api, output, isJson }: Cli, id: string, reason: string): Promise<undefined> {
  const alert = await api.post<Alert>(`/v1/alerts/${encodeURIComponent(id)}/acknowledge`, { reason });
  if (isJson) output.json(alert);
  else output.line(`Took on alert ${alert.id}: ${alert.title}`);
}
