import { defineWorkflow } from "tenuto";
import { z } from "zod";

export const dailyDigestContract = defineWorkflow("dailyDigest", {
  input: z.object({ to: z.email() }),
  output: z.object({ messageId: z.string() }),
  description: "Mails whoever looks after the shop where to see the orders of the day before.",
});
