// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.
import { batch, debounce, defineWorkflow, latestWins, onEvent, singleton } from "tenuto";
import { z } from "zod";

const start = defineWorkflow("digest", { input: z.object({ texts: z.array(z.string()) }), output: z.null() });
const Edit = z.object({ customer: z.string(), text: z.string(), size: z.number() });
const input = (edits: readonly { readonly text: string }[]) => ({ texts: edits.map(({ text }) => text) });

onEvent(Edit, {
  start,
  window: debounce({ key: (edit) => edit.customer, quiet: "30s", atMost: "10m" }),
  filter: (edit) => edit.size > 1,
  workflowId: (edits) => `digest-${edits[0]?.customer}`,
  input: (edits) => ({ texts: edits.map((edit) => edit.text) }),
});
onEvent(Edit, {
  start,
  window: batch({ within: "5m", atMost: 100 }),
  input: ([first]) => ({ texts: [first?.text ?? ""] }),
});
onEvent(Edit, { start, window: singleton({ key: ({ customer }) => customer }), input });
onEvent(Edit, { start, window: latestWins(), input });
onEvent(Edit, { start, input: (edit) => ({ texts: [edit.text] }) });

// @ts-expect-error a key is a text
onEvent(Edit, { start, window: singleton({ key: ({ size }) => size }), input });
const wrong = (edits: readonly { readonly gone: string }[]) => ({ texts: edits.map(({ gone }) => gone) });
// @ts-expect-error there is no such member of an event
onEvent(Edit, { start, window: latestWins(), input: wrong });
// @ts-expect-error with a window, the input is of many events
onEvent(Edit, { start, window: latestWins(), input: (edit: z.output<typeof Edit>) => ({ texts: [edit.text] }) });
// @ts-expect-error a duration has a unit
debounce({ quiet: "30" });
// @ts-expect-error a batch is bounded
batch({ within: "5m" });
