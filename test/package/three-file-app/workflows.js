import { activities } from "tenuto/workflow";
import { greetings } from "./greeter.contract.js";

const { compose } = activities(greetings);

/** @type {import("tenuto").WorkflowOf<typeof import("./greeter.contract.js").greetContract>} */
export async function greet({ name }) {
  return compose({ name });
}
