export { type DecodedEvent, decodeEvent, type EventRequest } from "./decode-event.ts";
export { type EventFault, InvalidEvent } from "./errors/invalid-event.ts";
export { InvalidWebhookSecret } from "./errors/invalid-webhook-secret.ts";
export type { RequestHeaders } from "./request-headers.ts";
export type { DigestAlgorithm, DigestEncoding } from "./signatures/digest.ts";
export { github, type GitHubSignature } from "./signatures/github.ts";
export { hmac, type HmacOptions, type HmacSignature } from "./signatures/hmac.ts";
export type { SecretVariables } from "./signatures/secret-keys.ts";
export type { SecretsOption } from "./signatures/secret-names.ts";
export type { SignatureRefusal, SignatureVerdict, SignedRequest } from "./signatures/signature.ts";
export {
  createSignatureVerifier,
  type SignatureDefinition,
  type SignatureVerifier,
} from "./signatures/signature-verifier.ts";
export { slack, type SlackSignature } from "./signatures/slack.ts";
export { standardWebhooks, type StandardWebhooksSignature } from "./signatures/standard-webhooks.ts";
export { stripe, type StripeSignature } from "./signatures/stripe.ts";
export { startRedisConsumer } from "./redis-consumer.ts";
export { redisStream, type RedisStreamOptions, type RedisStreamTransport } from "./redis-streams.ts";
export { deliver, type Delivery, type IncomingEvent } from "tenuto/client";
export { webhook, type WebhookTransport } from "./webhook.ts";
export {
  createWebhooks,
  type WebhookAnswer,
  type WebhookRequest,
  type Webhooks,
  type WebhooksOptions,
} from "./webhooks.ts";
export type { ConsumerHost, ConsumerLogger, ConsumerStatus, EventAdapter, EventConsumer } from "./consumer.ts";
export { EventIntake, type Standing, type TakenMessage } from "./intake.ts";
export { BrokerNotUsable } from "./errors/broker-not-usable.ts";
export { startRabbitMqConsumer } from "./rabbit-mq-consumer.ts";
export { rabbitMq, type RabbitMqOptions, type RabbitMqTransport } from "./rabbit-mq.ts";
export { type BrokerMessage, readMessage } from "./read-message.ts";
export { startSqsConsumer } from "./sqs-consumer.ts";
export { sqs, type SqsOptions, type SqsTransport } from "./sqs.ts";
export { settle, type Settled, type Settling } from "./settle.ts";
export { broughtSources, startConsumers, type Consumers, type ConsumersOptions } from "./start-consumers.ts";
export { runConsumers, type RunConsumersOptions } from "./run-consumers.ts";
export type { SourceWatchOptions } from "./source-watch.ts";
export { superviseConsumers, type SuperviseOptions } from "./supervise-consumers.ts";
export {
  superviseWebhooks,
  type SupervisedAnswer,
  type SupervisedWebhooks,
  type SuperviseWebhooksOptions,
} from "./supervise-webhooks.ts";
