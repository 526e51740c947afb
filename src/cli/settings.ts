import { UsageError } from "./errors/usage-error.ts";

/** Where `npm run dev` has the API. */
const defaultUrl = "http://127.0.0.1:3000";

/**
 * Where the API is, without a slash at its end.
 *
 * @throws {@link UsageError} when it is no URL of a server.
 */
export function apiUrl(given: string | undefined): string {
  const text = given ?? defaultUrl;
  const where = 'Give --url or TENUTO_URL such as "https://tenuto.example" or "http://127.0.0.1:3000"';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`The API's URL can't be used: got ${JSON.stringify(text)}. ${where}.`);
  }
  // What was got may be a password.
  if (url.username !== "" || url.password !== "") {
    throw new UsageError(`The API's URL can't have credentials in it. ${where}, and the key as TENUTO_API_KEY.`);
  }
  if (url.search !== "" || url.hash !== "") {
    throw new UsageError(`The API's URL can't have a "?" or "#" in it: got ${JSON.stringify(text)}. ${where}.`);
  }
  return url.href.replace(/\/+$/, "");
}

/**
 * The key as it is sent; it is in no message.
 *
 * @throws {@link UsageError} when it can't stand in a header.
 */
export function apiKeyOf(given: string | undefined): string | undefined {
  const key = given?.trim();
  if (key === undefined || key === "") return undefined;
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError("TENUTO_API_KEY can't be used: it has spaces or characters outside of ASCII in it.");
}
