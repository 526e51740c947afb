import { condition, defineSignal, setHandler } from "@temporalio/workflow";

const goOn = defineSignal<[string]>("goOn");

export async function waitsForever(): Promise<string> {
  let answer: string | undefined;
  setHandler(goOn, (value) => {
    answer = value;
  });
  await condition(() => answer !== undefined);
  return answer ?? "";
}
