// Where payloads are encrypted, messages and stacks of failures go into a payload; error types stay in clear. Bundled into
// every worker, and loaded in Node by path.
import { DefaultFailureConverter, type PayloadConverter, type ProtoFailure } from "@temporalio/common";
import { arePayloadsCoded } from "./payloads-coded.ts";

type Context = Parameters<DefaultFailureConverter["errorToFailure"]>[2];

/** What Temporal's SDKs write instead of a message that is in a payload. */
const placeholder = "Encoded failure";

/** Temporal's own writes into the failure of the error that it is given, whose message is lost when it is recorded again. */
class CodedFailureConverter extends DefaultFailureConverter {
  override errorToFailure(error: unknown, payloadConverter: PayloadConverter, context?: Context): ProtoFailure {
    const failure = this.errorToFailureInner(error, payloadConverter, context);
    return coded(failure, (attributes) => payloadConverter.toPayload(attributes, context));
  }
}

type ToPayload = (attributes: object) => ProtoFailure["encodedAttributes"];

/** Causes may have been recorded before there was encryption. */
function coded(failure: ProtoFailure, toPayload: ToPayload): ProtoFailure {
  const cause = failure.cause && coded(failure.cause, toPayload);
  const { message, stackTrace, encodedAttributes } = failure;
  const isCoded = Boolean(encodedAttributes) && message === placeholder;
  if (isCoded) return { ...failure, ...(cause && { cause }) };
  const attributes = toPayload({ message: message ?? "", stack_trace: stackTrace ?? "" });
  return {
    ...failure,
    message: placeholder,
    stackTrace: "",
    ...(attributes && { encodedAttributes: attributes }),
    ...(cause && { cause }),
  };
}

export const failureConverter = arePayloadsCoded() ? new CodedFailureConverter() : new DefaultFailureConverter();
