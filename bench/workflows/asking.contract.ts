import { defineApp, defineHumanTask, defineWorkflow } from "tenuto";
import { z } from "zod";

const Refund = z.object({ orderId: z.string(), amountCents: z.int(), reason: z.string() });
const question = { question: Refund, answer: z.object({ note: z.string() }) };
const title = ({ orderId, amountCents }: z.output<typeof Refund>) => `Refund ${amountCents} cents of order ${orderId}`;

const approve = defineHumanTask("approve", { ...question, title, roles: ["approver"], due: "4h", timeout: "2d" });
const look = defineHumanTask("look", { ...question, title, roles: ["support"], due: "1s" });
const check = defineHumanTask("check", { ...question, title, assignees: ["carol", "dave"], due: "1d" });
const grant = defineHumanTask("grant", {
  ...question,
  title,
  roles: ["security"],
  escalation: { after: "8h", roles: ["lead"] },
});
const sign = defineHumanTask("sign", { ...question, title, roles: ["board"], assignees: ["grace"] });

/** Who is asked, by how many of a hundred runs. */
export const shares = { approve: 40, look: 20, check: 20, grant: 19, sign: 1 } as const;

export const tasks = { approve, look, check, grant, sign } as const satisfies Record<keyof typeof shares, unknown>;

/** Puts one task. */
export const asking = defineWorkflow("asking", {
  input: z.object({ task: z.enum(["approve", "look", "check", "grant", "sign"]), question: Refund }),
  output: z.object({ note: z.string() }),
});

export const app = defineApp({ name: "asking", workflows: [asking], activities: [], tasks: Object.values(tasks) });
