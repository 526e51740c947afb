// The commands of one queue. SQS takes ten messages in one of them, and answers for each.
import type * as Sdk from "@aws-sdk/client-sqs";
import type { Message, MessageAttributeValue, SQSClient } from "@aws-sdk/client-sqs";

/** The commands of the AWS SDK, which is loaded when a queue is consumed. */
export type SqsCommands = typeof Sdk;

/** A queue, and how it is asked. */
export interface SqsQueue {
  readonly client: SQSClient;
  readonly commands: SqsCommands;
  readonly url: string;
  /** Of messages that are received or kept, in seconds. */
  readonly visibility: number;
}

/** A message that was received; it is named by this until it is deleted. */
export interface Received {
  readonly message: Message;
  readonly receipt: string;
}

/** As many messages as SQS takes, or gives, at once. */
export const batchSize = 10;
/** Polls are short enough that a consumer which is to end waits for the last one: what SQS gives to nobody is hidden for long. */
const waitSeconds = 2;
const most = { attributes: 10, why: 1_000 };

/** Waits for messages, for at most 2 seconds. */
export async function receive(
  { client, commands, url, visibility }: SqsQueue,
  { count, signal }: { readonly count: number; readonly signal: AbortSignal },
): Promise<readonly Received[]> {
  const { Messages = [] } = await client.send(
    new commands.ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: Math.min(count, batchSize),
      WaitTimeSeconds: waitSeconds,
      VisibilityTimeout: visibility,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["MessageGroupId", "MessageDeduplicationId"],
    }),
    { abortSignal: signal },
  );
  return Messages.flatMap((message) => (message.ReceiptHandle ? [{ message, receipt: message.ReceiptHandle }] : []));
}

/** Deletes up to ten messages; the answer are those that SQS does not know by these receipts any more. */
export async function deleteBatch(
  { client, commands, url }: SqsQueue,
  receipts: readonly string[],
): Promise<ReadonlySet<string>> {
  const Entries = receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
  return lostOf(await client.send(new commands.DeleteMessageBatchCommand({ QueueUrl: url, Entries })), receipts);
}

/** Hides up to ten messages for so long, from now; the answer are those that SQS does not know by these receipts any more. */
export async function hideBatch(
  { client, commands, url }: SqsQueue,
  receipts: readonly string[],
  seconds: number,
): Promise<ReadonlySet<string>> {
  const Entries = receipts.map((ReceiptHandle, index) => ({
    ...{ Id: String(index), ReceiptHandle },
    VisibilityTimeout: seconds,
  }));
  return lostOf(
    await client.send(new commands.ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries })),
    receipts,
  );
}

interface Failed {
  readonly Id: string | undefined;
  readonly SenderFault: boolean | undefined;
  readonly Message?: string | undefined;
}

function lostOf({ Failed = [] }: { readonly Failed?: readonly Failed[] | undefined }, receipts: readonly string[]) {
  const passing = Failed.find(({ SenderFault }) => !SenderFault);
  if (passing) throw new Error(`SQS did not do a part of a batch: ${passing.Message ?? "it does not say why"}`);
  return new Set(Failed.flatMap(({ Id }) => receipts[Number(Id)] ?? []));
}

/** How many messages wait, nearly. */
export async function waitingIn(queue: SqsQueue): Promise<number | undefined> {
  const { ApproximateNumberOfMessages: told } = await attributesOf(queue, "ApproximateNumberOfMessages");
  return told === undefined ? undefined : Number(told);
}

/** What a queue says of the messages that can't be used. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** The queue's own redrive policy, if it has one. */
export async function redrivePolicyOf(queue: SqsQueue): Promise<RedrivePolicy | undefined> {
  const { RedrivePolicy: told } = await attributesOf(queue, "RedrivePolicy");
  if (!told) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(told) as Readonly<Record<string, unknown>>;
  return { deadLetterTargetArn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount) };
}

async function attributesOf(
  { client, commands, url }: SqsQueue,
  name: "ApproximateNumberOfMessages" | "RedrivePolicy",
) {
  const asked = new commands.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [name] });
  return (await client.send(asked)).Attributes ?? {};
}

/** Sends a copy of a message to the queue of its redrive policy, with why and from which source. @throws when there is no such queue */
export async function bury(
  queue: SqsQueue,
  { message, why, source }: { readonly message: Message; readonly why: string; readonly source: string },
): Promise<void> {
  const { client, commands } = queue;
  const policy = await redrivePolicyOf(queue);
  if (!policy) throw new Error("the queue has no redrive policy that says where a message goes that can't be used");
  const [account, name] = policy.deadLetterTargetArn.split(":").slice(-2);
  const asked = new commands.GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account });
  const { QueueUrl } = await client.send(asked);
  const text = (StringValue: string) => ({ DataType: "String", StringValue });
  const told = { "tenuto-why": text(sendable(why)), "tenuto-source": text(source) };
  const own: readonly (readonly [string, MessageAttributeValue])[] = Object.entries(message.MessageAttributes ?? {});
  const { MessageGroupId } = message.Attributes ?? {};
  const isFifo = name?.endsWith(".fifo");
  const send = (attributes: typeof own) =>
    client.send(
      new commands.SendMessageCommand({
        QueueUrl,
        MessageBody: message.Body,
        MessageAttributes: Object.fromEntries(attributes.slice(0, most.attributes)),
        // Under the message's own id SQS drops the second copy of one that comes again before it is deleted.
        ...(isFifo && { MessageGroupId: MessageGroupId ?? "tenuto", MessageDeduplicationId: message.MessageId }),
      }),
    );
  try {
    await send([...own, ...Object.entries(told)]);
  } catch (error) {
    // A message of the largest size has no room for more.
    if ((error as { readonly $fault?: unknown }).$fault !== "client") throw error;
    await send(own);
  }
}

/** SQS refuses the other control characters. */
function sendable(text: string): string {
  return text.slice(0, most.why).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, " ") || " ";
}
