import type { WorkflowOf } from "tenuto";
import { activities, runStateMachine } from "tenuto/workflow";
import { returns as returnsContract } from "../activities/returns.contract.ts";
import { returnRequest as machine, type ReturnOutcome, type returnRequestContract } from "./return-request.contract.ts";

const returns = activities(returnsContract);
const { NotSellable } = returnsContract.errors;

export const returnRequest: WorkflowOf<typeof returnRequestContract> = async (request) => {
  const { state, context } = await runStateMachine(machine, {
    context: { ...request, restocked: false },
    steps: {
      // Tried again after a failure, it has the same key: the charge is paid back once at most, whatever became of it before.
      repay: ({ context: { orderId, chargeId, amountCents } }) =>
        returns.repay({ orderId, chargeId, amountCents }, { key: `return-of-${chargeId}` }),
      restock: async ({ context: { orderId, lines } }, { step }) => {
        try {
          await step(returns.restock, { orderId, lines }, ({ key }) => returns.unstock({ orderId, restockKey: key }));
          return { restocked: true };
        } catch (error) {
          if (NotSellable.is(error)) return { restocked: false };
          throw error;
        }
      },
    },
  });
  const { repaymentId, restocked } = context;
  return { outcome: state as ReturnOutcome["outcome"], restocked, ...(repaymentId !== undefined && { repaymentId }) };
};
