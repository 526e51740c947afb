// Which addresses are somebody's on the Internet. Of IPv6 all is refused but global unicast, and of that what leads to an
// IPv4 address or is set apart; of IPv4, what IANA's registry of special addresses lists. What can't be read is refused.
import { BlockList, isIP } from "node:net";

const special = new BlockList();

for (const [network, prefix] of [
  ...([
    ["0.0.0.0", 8], // this network
    ["10.0.0.0", 8], // private
    ["100.64.0.0", 10], // carrier-grade NAT
    ["127.0.0.0", 8], // loopback
    ["169.254.0.0", 16], // link-local, and the metadata of clouds
    ["172.16.0.0", 12], // private
  ] as const),
  ...([
    ["192.0.0.0", 24], // protocol assignments
    ["192.0.2.0", 24], // documentation
    ["192.31.196.0", 24], // AS112
    ["192.52.193.0", 24], // AMT
    ["192.88.99.0", 24], // 6to4 relays
    ["192.168.0.0", 16], // private
    ["192.175.48.0", 24], // AS112
  ] as const),
  ...([
    ["198.18.0.0", 15], // benchmarks
    ["198.51.100.0", 24], // documentation
    ["203.0.113.0", 24], // documentation
    ["224.0.0.0", 4], // multicast
    ["240.0.0.0", 4], // reserved, and broadcast
  ] as const),
])
  special.addSubnet(network, prefix, "ipv4");

for (const [network, prefix] of [
  ["2001::", 23], // protocol assignments: Teredo, ORCHID, benchmarks
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4
  ["2620:4f:8000::", 48], // AS112
  ["3fff::", 20], // documentation
] as const)
  special.addSubnet(network, prefix, "ipv6");

const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address can be anybody's on the Internet. */
export function isPublicAddress(address: string): boolean {
  const [bare = ""] = address.split("%");
  const family = isIP(bare);
  if (family === 4) return !special.check(bare, "ipv4");
  // Mapped and translated IPv4 addresses are not in it, whatever they stand for.
  return family === 6 && globalUnicast.check(bare, "ipv6") && !special.check(bare, "ipv6");
}
