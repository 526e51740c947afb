import { createHash } from "node:crypto";
import { z } from "zod";
import { parseBody } from "./body.ts";
import { parseMagic, type Magic, type Refusal } from "./magic.ts";
import type { ServiceName } from "./services.ts";

/** What an operation answers; the same for the same key. */
export type Answer = Readonly<Record<string, string | boolean | null>>;

/** What the ledger keeps of a body. */
export type LedgerFields = { readonly orderId: string } & Readonly<Record<string, unknown>>;

/** The body of a step; `secret` is the part that is never written. */
export interface StepBody {
  readonly fields: LedgerFields;
  readonly secret?: string;
  readonly magic: Magic;
}

/** The body of an undo; `undoes` is the key of the step it undoes. */
export interface UndoBody {
  readonly fields: LedgerFields;
  readonly undoes: string;
}

/** Something that changes the outside world. */
export interface StepOperation {
  readonly kind: "step";
  readonly service: ServiceName;
  readonly operation: string;
  readonly refusal: Refusal;
  parse(body: unknown): StepBody;
  answer(key: string): Answer;
}

/** Something that takes a step back. */
export interface UndoOperation {
  readonly kind: "undo";
  readonly service: ServiceName;
  readonly operation: string;
  /** The operation whose steps it takes back. */
  readonly stepOperation: string;
  parse(body: unknown): UndoBody;
  /** `undoKey` is the key of the undo that had an effect; null when there was nothing to take back. */
  answer(undoKey: string | null): Answer;
}

/** Something the sandbox does, at `POST /{service}/{operation}`. */
export type Operation = StepOperation | UndoOperation;

const text = z.string().min(1);
const reference = text.nullish();
const Undo = z.object({ orderId: text, undoes: text });
const Goods = z.object({
  orderId: text,
  lines: z.array(z.object({ sku: text, quantity: z.int().positive() })).min(1),
});

/** All operations; the routes, the checks and the reading of the ledger come from here. */
export const operations: readonly Operation[] = [
  step({
    service: "stock",
    operation: "reserve",
    body: Goods,
    magicValues: ({ lines }) => lines.map(({ sku }) => sku),
    refusal: { status: 409, code: "OutOfStock", reason: "out of stock" },
    answer: (key) => ({ reservationId: idFrom("res", key) }),
  }),
  undo({
    service: "stock",
    operation: "release",
    stepOperation: "reserve",
    body: Undo.extend({ reservationId: reference }),
    answer: (undoKey) => ({ released: undoKey !== null }),
  }),
  step({
    service: "stock",
    operation: "restock",
    body: Goods,
    magicValues: ({ lines }) => lines.map(({ sku }) => sku),
    refusal: { status: 409, code: "NotSellable", reason: "can't be sold again" },
    answer: (key) => ({ restockId: idFrom("rst", key) }),
  }),
  undo({
    service: "stock",
    operation: "unstock",
    stepOperation: "restock",
    body: Undo.extend({ restockId: reference }),
    answer: (undoKey) => ({ unstocked: undoKey !== null }),
  }),
  step({
    service: "payments",
    operation: "charge",
    body: z.object({ orderId: text, amountCents: z.int().positive(), card: text }),
    magicValues: ({ card }) => [card],
    secret: "card",
    refusal: { status: 402, code: "CardDeclined", reason: "card declined" },
    answer: (key) => ({ chargeId: idFrom("ch", key) }),
  }),
  undo({
    service: "payments",
    operation: "refund",
    stepOperation: "charge",
    body: Undo.extend({ chargeId: reference, amountCents: z.int().positive().nullish() }),
    answer: (undoKey) => ({ refundId: undoKey === null ? null : idFrom("re", undoKey) }),
  }),
  step({
    service: "payments",
    operation: "repay",
    body: z.object({ orderId: text, chargeId: text, amountCents: z.int().positive() }),
    magicValues: ({ chargeId }) => [chargeId],
    refusal: { status: 409, code: "RepaymentRefused", reason: "the account is closed" },
    answer: (key) => ({ repaymentId: idFrom("rp", key) }),
  }),
  step({
    service: "shipping",
    operation: "book",
    body: z.object({ orderId: text, address: text }),
    magicValues: ({ address }) => [address],
    refusal: { status: 409, code: "AddressRejected", reason: "address rejected" },
    answer: (key) => ({ shipmentId: idFrom("shp", key), trackingNumber: idFrom("TRK", key).toUpperCase() }),
  }),
  undo({
    service: "shipping",
    operation: "cancel",
    stepOperation: "book",
    body: Undo.extend({ shipmentId: reference }),
    answer: (undoKey) => ({ canceled: undoKey !== null }),
  }),
  step({
    service: "mail",
    operation: "send",
    body: z.object({ orderId: text, to: text, subject: text }),
    magicValues: () => [],
    refusal: { status: 409, code: "MailRejected", reason: "mail rejected" },
    answer: (key) => ({ messageId: idFrom("msg", key) }),
  }),
];

interface StepDefinition<Body extends { readonly orderId: string }> extends Omit<StepOperation, "kind" | "parse"> {
  readonly body: z.ZodType<Body>;
  readonly magicValues: (body: Body) => readonly string[];
  readonly secret?: keyof Body & string;
}

function step<Body extends { readonly orderId: string }>(definition: StepDefinition<Body>): StepOperation {
  const { body: schema, magicValues, secret, ...operation } = definition;
  return {
    ...operation,
    kind: "step",
    parse(unknownBody) {
      const body = parseBody(schema, unknownBody);
      const magic = parseMagic(magicValues(body));
      if (secret === undefined) return { fields: body, magic };
      const { [secret]: hidden, ...rest } = body;
      return { fields: { ...rest, orderId: body.orderId }, secret: String(hidden), magic };
    },
  };
}

interface UndoDefinition extends Omit<UndoOperation, "kind" | "parse"> {
  readonly body: z.ZodType<z.infer<typeof Undo>>;
}

function undo({ body: schema, ...operation }: UndoDefinition): UndoOperation {
  return {
    ...operation,
    kind: "undo",
    parse(unknownBody) {
      const body = parseBody(schema, unknownBody);
      return { fields: body, undoes: body.undoes };
    },
  };
}

function idFrom(prefix: string, key: string): string {
  return `${prefix}_${createHash("sha256").update(`${prefix}:${key}`).digest("hex").slice(0, 16)}`;
}
