import { InvalidInput } from "../core/errors/invalid-input.ts";
import type { ValidationIssue } from "../core/errors/validation-issue.ts";
import { redactedNames } from "../core/define-app.ts";
import { laneOfStart } from "../core/priority.ts";
import { taskQueueOf } from "../core/queue.ts";
import { isScheduleId } from "../core/schedule/schedule.ts";
import { checkedSpec, type ScheduleDraft } from "../core/schedule/schedule-spec.ts";
import { parseInput } from "./parse-input.ts";
import type { Reach } from "./run-target.ts";
import { contentOf, type ScheduleContent } from "./schedule-message.ts";

/** The longest id of a run is the schedule's, a hyphen and a time. */
const roomForTime = "-2026-01-31T09:30:00Z".length;

/**
 * What is put, as it is kept. Its input is parsed, but kept as it was given: each run parses it.
 *
 * @throws {@link InvalidInput} with a pointer to each member that can't be used.
 */
export async function checkedSchedule(
  { temporal, app }: Reach,
  id: string,
  draft: ScheduleDraft,
): Promise<ScheduleContent> {
  const what = `Schedule ${JSON.stringify(id)}`;
  const { spec, issues } = checkedSpec(draft);
  const contract = app.workflows.find(({ name }) => name === draft.type);
  const mostId = 255 - temporal.idPrefix.length - roomForTime;
  const found: readonly ValidationIssue[] = [
    ...unless(isScheduleId(id) && id.length <= mostId, "/id", idRule),
    ...issues,
    ...unless(contract !== undefined, "/type", `One of ${app.workflows.map(({ name }) => name).join(", ") || "none"}`),
    ...unless(!isShown(draft.input, redactedNames(app)), "/input", shown),
  ];
  const { parsed, issues: inputIssues } = contract ? await parsedInput(draft.input, contract) : { issues: [] };
  if (found.length + inputIssues.length > 0) throw new InvalidInput(what, [...found, ...inputIssues]);
  const lane = laneOfStart(spec.lane, contract?.lane, { input: parsed, tenant: temporal.tenant });
  return contentOf(id, { ...spec, ...(lane && { lane }) }, taskQueueOf(app.name, contract?.queue));
}

const idRule =
  "1 to 128 of letters, digits, `.`, `_` and `-`, a letter first; not beginning with tenuto, and not deploy";
const shown = 'It has "[redacted]", which is shown instead of a value: give the value itself';

type Contract = Reach["app"]["workflows"][number];

interface ParsedInput {
  readonly parsed?: unknown;
  readonly issues: readonly ValidationIssue[];
}

async function parsedInput(input: unknown, { name, input: schema, redact }: Contract): Promise<ParsedInput> {
  try {
    return { parsed: await parseInput(schema, input, { what: `The input of workflow "${name}"`, redact }), issues: [] };
  } catch (error) {
    if (error instanceof InvalidInput) return { issues: error.issues };
    throw error;
  }
}

/** Whether what was shown of an input is put again. */
function isShown(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) => (names.includes(name) && member === "[redacted]") || isShown(member, names),
  );
}

function unless(isFine: boolean, pointer: string, message: string): readonly ValidationIssue[] {
  return isFine ? [] : [{ pointer, message }];
}
