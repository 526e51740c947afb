// Where a channel may send to. What is checked is the address that the socket gets, in the lookup of the socket itself, so
// no second answer of the DNS can come in between.
import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { AlertTargetRefused } from "./errors/alert-target-refused.ts";
import { isPublicAddress } from "./public-address.ts";

/** How names become addresses: as `dns.lookup` of Node does. */
export type Lookup = (
  host: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A host, and what is allowed of it. */
export interface Target {
  readonly host: string;
  /** Whether what is sent is encrypted on its way. */
  readonly isEncrypted: boolean;
  readonly allowPrivate: boolean;
  readonly lookup?: Lookup | undefined;
}

/**
 * The lookup for a socket to the target: it answers with addresses that are allowed, or fails.
 *
 * @throws {@link AlertTargetRefused} when the host is an address itself, which no lookup would be asked for.
 */
export function guardedLookup({ lookup = systemLookup, ...target }: Target): LookupFunction {
  if (isIP(target.host) !== 0) assertAllowed(target, target.host);
  else if (!target.isEncrypted && !target.allowPrivate) throw unencrypted(target.host);
  return (host, options, callback) => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error) {
        callback(error, "");
        return;
      }
      try {
        for (const { address } of addresses) assertAllowed(target, address);
      } catch (refusal) {
        callback(refusal as Error, "");
        return;
      }
      const wanted = addresses.filter(({ family }) => !options.family || family === familyOf(options.family));
      const [first] = wanted;
      if (!first) callback(Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" }), "");
      else if (options.all) callback(null, wanted);
      else callback(null, first.address, first.family);
    });
  };
}

function familyOf(family: number | "IPv4" | "IPv6"): number {
  return family === "IPv4" ? 4 : family === "IPv6" ? 6 : family;
}

function assertAllowed({ host, isEncrypted, allowPrivate }: Target, address: string): void {
  if (isPublicAddress(address)) {
    if (!isEncrypted) throw unencrypted(host);
  } else if (!allowPrivate) {
    const what = address === host ? "that is" : `its address is ${address},`;
    throw new AlertTargetRefused(host, `${what} no public address`);
  }
}

function unencrypted(host: string): AlertTargetRefused {
  return new AlertTargetRefused(host, "it would be sent unencrypted; use https, or TLS");
}
