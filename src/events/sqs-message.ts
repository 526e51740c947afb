// The event in a message of SQS. What stands in front of a queue wraps it: SNS as text in an envelope, EventBridge beside its own
// names. The id is the sender's where there is one, since only he knows what he has sent twice.
import { createHash } from "node:crypto";
import type { Message } from "@aws-sdk/client-sqs";
import type { IncomingEvent } from "tenuto/client";
import { parseJson } from "./content.ts";
import { longestName, membersOf } from "./json-members.ts";
import { readMessage } from "./read-message.ts";

/** A text and its attributes, as their sender gave them. */
interface Sent {
  readonly content: Uint8Array;
  readonly id: string | undefined;
  readonly type: string | undefined;
  /** What the message is known by where its sender gave it no id. */
  readonly ownId: string | undefined;
}

/**
 * The event of a message.
 *
 * @throws `InvalidEvent`
 */
export function eventInMessage(message: Message): IncomingEvent {
  const { id, type, ownId, content } = unwrapped(sentIn(message));
  if (type !== undefined) return readMessage({ content, type, id: id ?? ownId });
  const body = membersIn(content);
  const known = id ?? body["id"] ?? ownId;
  const detailType = body["detail-type"];
  if (typeof detailType !== "string" || body["type"] !== undefined) return readMessage({ content, id: known });
  return readMessage({ content: jsonOf(body["detail"]), type: detailType, id: known });
}

/** What is kept of a message that can't be read. */
export function bytesOfMessage({ Body = "" }: Message): Uint8Array {
  return Buffer.from(Body, "utf8");
}

/** None of what is no JSON: whoever reads the content says so. */
function membersIn(content: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return membersOf(parseJson(content, "/body"));
  } catch {
    return {};
  }
}

function jsonOf(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value ?? null), "utf8");
}

function sentIn(message: Message): Sent {
  const text = (name: string) => message.MessageAttributes?.[name]?.StringValue || undefined;
  return {
    content: bytesOfMessage(message),
    id: text("id"),
    type: text("type"),
    ownId: deduplicationId(message) ?? message.MessageId,
  };
}

/** What SNS was given, when the message is a notification of it that is not delivered raw. */
function unwrapped(sent: Sent): Sent {
  if (sent.type !== undefined) return sent;
  const { Type, TopicArn, Message, MessageId, MessageAttributes } = membersIn(sent.content);
  if (Type !== "Notification" || typeof TopicArn !== "string" || typeof Message !== "string") return sent;
  const text = (name: string) => {
    const { Value } = membersOf(membersOf(MessageAttributes)[name]);
    return typeof Value === "string" && Value !== "" ? Value : undefined;
  };
  const ownId = typeof MessageId === "string" ? MessageId : sent.ownId;
  return { content: Buffer.from(Message, "utf8"), id: sent.id ?? text("id"), type: text("type"), ownId };
}

/**
 * The sender's id on a FIFO queue, with the group, as there may be the same in two. None that SQS has made of the content: what is
 * sent on purpose once more, after the five minutes for which SQS drops it, has the same.
 */
function deduplicationId({ Attributes = {}, Body = "" }: Message): string | undefined {
  const { MessageDeduplicationId: id, MessageGroupId: group = "" } = Attributes;
  if (!id || id === sha256(Body)) return undefined;
  const both = `${group}:${id}`;
  return both.length <= longestName ? both : sha256(both);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
