import type { WorkflowOf } from "tenuto";
import { activities } from "tenuto/workflow";
import { mail } from "../activities/mail.contract.ts";
import type { dailyDigestContract } from "./daily-digest.contract.ts";

const dayMs = 24 * 3_600_000;

export const dailyDigest: WorkflowOf<typeof dailyDigestContract> = async ({ to }) => {
  const day = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
  return activities(mail).sendDigest({ to, day });
};
