// Where the workers are: a name may stand for several, as a service of Docker Compose and a headless one of Kubernetes do.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

/** The addresses of a worker's base URL, one for each worker behind it. */
export async function addressesOf(url: string): Promise<readonly string[]> {
  const { protocol, hostname } = new URL(url);
  // What a certificate is for is the name.
  if (protocol !== "http:" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return [url];
  const found = await lookup(hostname, { all: true });
  return found.map(({ address, family }) => {
    const own = new URL(url);
    own.hostname = family === 6 ? `[${address}]` : address;
    return own.href;
  });
}
