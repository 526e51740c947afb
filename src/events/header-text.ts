import { InvalidEvent } from "./errors/invalid-event.ts";
import { type RequestHeaders, valuesOf } from "./request-headers.ts";

const wellQuoted = /^(?:[^"]|"(?:[^"\\]|\\.)*")*$/;
const quoted = /"((?:[^"\\]|\\.)*)"/g;

/**
 * The text of a CloudEvents header: unquoted, then percent-decoded once, as the HTTP binding says.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values
 * @throws {@link InvalidEvent}
 */
export function headerText(headers: RequestHeaders, name: string): string | undefined {
  const raw = onlyHeader(headers, name);
  if (raw === undefined) return undefined;
  const refuse = (why: string) =>
    new InvalidEvent("invalid", {
      pointer: pointerToHeader(name),
      why,
      remedy: "Encode spaces, quotes, % and what is not ASCII as %XX of UTF-8.",
    });
  if (/[^\x20-\x7e]/.test(raw)) throw refuse("has bytes that no header may have");
  if (!wellQuoted.test(raw)) throw refuse("has a quote that does not end");
  const unquoted = raw.replace(quoted, (_, inner: string) => inner.replace(/\\(.)/g, "$1"));
  try {
    return decodeURIComponent(unquoted);
  } catch {
    throw refuse("has a % without two hexadecimal digits, or bytes that are not UTF-8");
  }
}

/**
 * The one value of a header, as it is.
 *
 * @throws {@link InvalidEvent}
 */
export function onlyHeader(headers: RequestHeaders, name: string): string | undefined {
  const [value, ...more] = valuesOf(headers, name);
  if (more.length === 0) return value;
  const remedy = "Send it once.";
  throw new InvalidEvent("invalid", { pointer: pointerToHeader(name), why: "is there more than once", remedy });
}

export function pointerToHeader(name: string): string {
  return `/headers/${name}`;
}
