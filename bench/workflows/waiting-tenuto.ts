import type { WorkflowOf } from "tenuto";
import { signals } from "tenuto/workflow";
import { waitsForever as contract } from "./waiting.contract.ts";

const { goOn } = signals(contract);

export const waitsForever: WorkflowOf<typeof contract> = async () => goOn.receive();
