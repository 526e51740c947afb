// The commands of one consumer in a group. Redis remembers what a consumer has until it is acknowledged; what a dead one had is
// claimed when nobody has touched it for a while. So a living one touches what it holds.
import type { RedisClientType } from "redis";
import type { RedisEntry } from "./redis-entry.ts";

/** Copies an entry and acknowledges it, unless it was acknowledged before: a lost answer makes no second copy. */
const bury = `
if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then return 0 end
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
if entry then
  local fields = entry[2]
  for at = 3, #ARGV do fields[#fields + 1] = ARGV[at] end
  redis.call('XADD', KEYS[2], '*', unpack(fields))
end
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])`;

/** Who reads what. */
export interface GroupMember {
  readonly stream: string;
  readonly group: string;
  /** The name of this consumer, which no other one has. */
  readonly consumer: string;
}

/** Makes the group from the stream's beginning, and the stream, when they aren't there. */
export async function ensureGroup(redis: RedisClientType, { stream, group }: GroupMember): Promise<void> {
  try {
    await redis.xGroupCreate(stream, group, "0", { MKSTREAM: true });
  } catch (error) {
    if (!String(error).includes("BUSYGROUP")) throw error;
  }
}

/** New entries with `>`; with `0` those that were given to this consumer before. */
export async function readEntries(
  redis: RedisClientType,
  { stream, group, consumer }: GroupMember,
  { from, count, blockMs }: { readonly from: ">" | "0"; readonly count: number; readonly blockMs: number },
): Promise<readonly RedisEntry[]> {
  const options = { COUNT: count, ...(from === ">" && { BLOCK: blockMs }) };
  const reply = await redis.xReadGroup(group, consumer, { key: stream, id: from }, options);
  const streams = (reply ?? []) as unknown as readonly { readonly messages: readonly (RedisEntry | null)[] }[];
  return streams.flatMap(({ messages }) => messages.flatMap((entry) => entry ?? []));
}

/** Takes over what nobody has touched for that long. */
export async function claimEntries(
  redis: RedisClientType,
  { stream, group, consumer }: GroupMember,
  { idleMs, count }: { readonly idleMs: number; readonly count: number },
): Promise<readonly RedisEntry[]> {
  const { messages } = await redis.xAutoClaim(stream, group, consumer, idleMs, "0-0", { COUNT: count });
  return messages.flatMap((entry) => entry ?? []);
}

/** Says that this consumer still has these entries. Not counted as a delivery. */
export async function touchEntries(
  redis: RedisClientType,
  { stream, group, consumer }: GroupMember,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) await redis.xClaimJustId(stream, group, consumer, 0, [...ids]);
}

/** How many entries the group has not read; `undefined` where Redis can't tell, as after entries were deleted. */
export async function lagOf(redis: RedisClientType, { stream, group }: GroupMember): Promise<number | undefined> {
  const groups = (await redis.xInfoGroups(stream)) as unknown as readonly GroupInfo[];
  return groups.find(({ name }) => name === group)?.lag ?? undefined;
}

interface GroupInfo {
  readonly name: string;
  readonly lag: number | null;
}

/** Keeps an entry in the stream `{stream}:dead`, with why, and acknowledges it: both, or neither. */
export async function buryEntry(
  redis: RedisClientType,
  { stream, group }: GroupMember,
  { id, why, source }: { readonly id: string; readonly why: string; readonly source: string },
): Promise<void> {
  const told = ["tenuto-source", source, "tenuto-entry", id, "tenuto-why", why];
  await redis.eval(bury, { keys: [stream, `${stream}:dead`], arguments: [group, id, ...told] });
}

/** Takes this consumer out of the group when it has nothing left: to do so before would lose what it has. */
export async function leaveGroup(redis: RedisClientType, { stream, group, consumer }: GroupMember): Promise<void> {
  const left = await redis.xPendingRange(stream, group, "-", "+", 1, { consumer });
  if (left.length === 0) await redis.xGroupDelConsumer(stream, group, consumer);
}
