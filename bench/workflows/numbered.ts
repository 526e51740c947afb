import { metric } from "tenuto/workflow";
import { large as largeContract, rare as rareContract, small as smallContract } from "./numbered.contract.ts";

const of =
  ({ errors }: typeof smallContract) =>
  async ({ fails }: { readonly fails: boolean }): Promise<null> => {
    metric("value", 1);
    if (fails) throw errors.Refused({});
    return null;
  };

export const small = of(smallContract);
export const large = of(largeContract);
export const rare = of(rareContract);
