// What becomes of an error group by what it is told: pure, so that its workflow and who starts it agree.
import {
  type CountedKeys,
  type ErrorGroupChange,
  errorGroupMark,
  type ErrorGroupRecord,
  type ErrorGroupState,
  type Regression,
  type Sighting,
  type Sightings,
} from "./error-group.ts";

const hourMs = 3_600_000;
const recentMs = 600_000;
const keptRecent = 144;
const keptDays = 90;
const namedBuilds = 50;
const keptNotes = 50;
const longestMessage = 500;

/** The same length for all, so that thousands of them are one text. */
const keyLength = 8;

/** Failures are told again for a day: the reconciler reads the last 24 hours once an hour. */
const rememberedHours = 26;

/** A group's state goes from run to run as one payload, of which Temporal takes 2 MB. */
const rememberedKeys = 50_000;

/** A group after it was told of failures; the same state when all of them were counted before. `nowMs` is when it is told. */
export function withSightings(
  state: ErrorGroupState | undefined,
  { seen, ...pattern }: Sightings,
  nowMs: number,
): ErrorGroupState | undefined {
  const counted = state?.counted ?? { hours: [] };
  const known = keysOf(counted);
  const isLate = ({ at }: Sighting) => counted.forgottenTo !== undefined && at <= counted.forgottenTo;
  const fresh = new Map<string, Sighting>();
  for (const sighting of seen) if (!known.has(sighting.key) && !isLate(sighting)) fresh.set(sighting.key, sighting);
  const sightings = [...fresh.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
  const [first] = sightings;
  if (!first) return state;
  const begun = state?.record ?? emptyRecord(pattern, first);
  return {
    record: sightings.reduce((record, sighting) => withOne(record, sighting, pattern.error.message), begun),
    counted: remembering(counted, sightings, nowMs),
    ...(state?.told && { told: state.told }),
  };
}

function emptyRecord(
  { error, ...pattern }: Omit<Sightings, "seen">,
  { key: _, ...sample }: Sighting,
): ErrorGroupRecord {
  return {
    ...pattern,
    errorType: error.type,
    message: error.message.slice(0, longestMessage),
    status: "open",
    count: 0,
    firstSeenAt: sample.at,
    lastSeenAt: sample.at,
    recent: {},
    days: {},
    kinds: {},
    builds: {},
    sample,
    regressions: 0,
    notes: [],
  };
}

function withOne(record: ErrorGroupRecord, { key: _, ...sighting }: Sighting, message: string): ErrorGroupRecord {
  const { at, kind, buildId = "unknown" } = sighting;
  const isLast = at >= record.lastSeenAt;
  const isNamed = Object.hasOwn(record.builds, buildId) || Object.keys(record.builds).length < namedBuilds;
  const next: ErrorGroupRecord = {
    ...record,
    count: record.count + 1,
    firstSeenAt: at < record.firstSeenAt ? at : record.firstSeenAt,
    ...(isLast && { lastSeenAt: at, sample: sighting, message: message.slice(0, longestMessage) }),
    recent: newest(plusOne(record.recent, String(spanOf(at))), keptRecent),
    days: newest(plusOne(record.days, at.slice(0, 10)), keptDays),
    kinds: plusOne(record.kinds, kind),
    builds: plusOne(record.builds, isNamed ? buildId : "other"),
  };
  const because = whyBack(next, at);
  return because === undefined ? next : regressed(next, sighting, because);
}

function plusOne(counts: Readonly<Record<string, number>>, name: string): Readonly<Record<string, number>> {
  return { ...counts, [name]: (Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0) + 1 };
}

function newest(counts: Readonly<Record<string, number>>, most: number): Readonly<Record<string, number>> {
  const names = Object.keys(counts);
  if (names.length <= most) return counts;
  const kept = names.sort().slice(-most);
  return Object.fromEntries(kept.map((name) => [name, counts[name] ?? 0]));
}

function spanOf(at: string): number {
  return Math.floor(Date.parse(at) / recentMs);
}

/** How many failures there were in the hour before a time, in whole spans of ten minutes: between 50 and 60 of them. */
export function lastHour({ recent }: Pick<ErrorGroupRecord, "recent">, nowMs: number): number {
  const last = Math.floor(nowMs / recentMs);
  let sum = 0;
  for (let span = last - 5; span <= last; span++) sum += recent[String(span)] ?? 0;
  return sum;
}

/** Why a failure opens a group again that an operator has closed; one from before that changes nothing. */
function whyBack(record: ErrorGroupRecord, at: string): string | undefined {
  const { status, resolved, ignored, count } = record;
  if (status === "resolved" && resolved && at > resolved.at) return `It was resolved by ${resolved.by}`;
  if (status !== "ignored" || !ignored || at <= ignored.at) return undefined;
  const { at: time, count: most, perHour } = ignored.until ?? {};
  if (time !== undefined && Date.parse(at) >= Date.parse(time)) return `It was ignored until ${time}`;
  const since = count - ignored.countBefore;
  if (most !== undefined && since >= most) return `It was ignored until ${most} more failures`;
  if (perHour !== undefined && lastHour(record, Date.parse(at)) > perHour)
    return `It was ignored until more than ${perHour} failures an hour`;
  return undefined;
}

function regressed(
  { resolved: _, ignored: __, ...record }: ErrorGroupRecord,
  { at, buildId }: Omit<Sighting, "key">,
  because: string,
): ErrorGroupRecord {
  const regression: Regression = { at, ...(buildId !== undefined && { buildId }), because };
  return { ...record, status: "regressed", regression, regressions: record.regressions + 1 };
}

function keysOf({ hours }: CountedKeys): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { keys: joined } of hours)
    for (let place = 0; place < joined.length; place += keyLength) keys.add(joined.slice(place, place + keyLength));
  return keys;
}

function remembering(counted: CountedKeys, sightings: readonly Sighting[], nowMs: number): CountedKeys {
  const hour = Math.floor(nowMs / hourMs);
  const last = counted.hours.at(-1);
  const own = last?.hour === hour ? last : { hour, latest: "", keys: "" };
  const latest = sightings.reduce((max, { at }) => (at > max ? at : max), own.latest);
  const added = { hour, latest, keys: own.keys + sightings.map(({ key }) => key).join("") };
  const hours = [...(last?.hour === hour ? counted.hours.slice(0, -1) : counted.hours), added];
  let forgottenTo = counted.forgottenTo;
  let size = hours.reduce((sum, { keys }) => sum + keys.length / keyLength, 0);
  while ((hours.length > 1 && (hours[0] as typeof added).hour < hour - rememberedHours) || size > rememberedKeys) {
    const oldest = hours.shift();
    if (!oldest) break;
    size -= oldest.keys.length / keyLength;
    if (forgottenTo === undefined || oldest.latest > forgottenTo) forgottenTo = oldest.latest;
  }
  return { hours, ...(forgottenTo !== undefined && { forgottenTo }) };
}

/** A group after what an operator did to it. */
export function withChange(record: ErrorGroupRecord, change: ErrorGroupChange, at: string): ErrorGroupRecord {
  if (change.action === "note") {
    const { by, note } = change;
    return { ...record, notes: [...record.notes, { by, note, at }].slice(-keptNotes) };
  }
  if (change.action === "assign") {
    const { assignee: _, ...rest } = record;
    return change.assignee === null ? rest : { ...rest, assignee: change.assignee };
  }
  const { resolved: _, ignored: __, ...rest } = record;
  const { by, reason } = change;
  if (change.action === "ignore") {
    const { until } = change;
    const ignored = { by, reason, at, ...(until && { until }), countBefore: record.count };
    return { ...rest, status: "ignored", ignored };
  }
  if (change.action === "resolve") return { ...rest, status: "resolved", resolved: { by, reason, at } };
  return { ...rest, status: "open" };
}

/** By which marks lists find a group; none of them is one of a dead letter. */
export function marksOfGroup({ type, status }: ErrorGroupRecord): readonly string[] {
  return [errorGroupMark("status", status), errorGroupMark("type", type)];
}
