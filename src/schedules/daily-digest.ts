import { cron, defineSchedule } from "tenuto";
import { dailyDigestContract } from "../workflows/daily-digest.contract.ts";

/** Every working day in the morning, where the shop is. */
export const dailyDigest = defineSchedule("dailyDigest", {
  at: cron("30 7 * * mon-fri", { timeZone: "Europe/Berlin" }),
  start: dailyDigestContract,
  input: { to: "team@shop.example" },
  catchUpWindow: "12h",
  description: "A mail about yesterday is of no use tomorrow.",
});
