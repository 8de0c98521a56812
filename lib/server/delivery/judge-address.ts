import 'server-only';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** `public`: public unicast. `listed`: in a network the configuration lists. `refused`: everything else, and what is no address. */
export type AddressVerdict = 'public' | 'listed' | 'refused';

type Address = ReturnType<typeof ipaddr.parse>;

/** Of IPv6 only this block is given out as global unicast (RFC 4291, IANA's address space registry). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
/** Where an IPv4 address stands inside an IPv6 one: mapped (RFC 4291), the well-known NAT64 prefix (RFC 6052), 6to4 (RFC 3056). */
const CARRIERS = [
  { network: ipaddr.parseCIDR('::ffff:0:0/96'), firstByte: 12 },
  { network: ipaddr.parseCIDR('64:ff9b::/96'), firstByte: 12 },
  { network: ipaddr.parseCIDR('2002::/16'), firstByte: 2 },
];
const IPV4_BYTES = 4;

const isWithin = (address: Address, network: [Address, number]): boolean =>
  address.kind() === network[0].kind() && address.match(network);

/**
 * An address as the system reads it. ipaddr.js alone would take "8.8.8" for one, and "::8.8.8.8" for a mapped one. A zone ("fe80::1%eth0")
 * names an interface of this machine, which no list can mean.
 */
function readExactly(text: string): Address | undefined {
  const family = text.includes('%') ? 0 : isIP(text);
  if (family === 0) return undefined;
  return ipaddr.parse(family === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text);
}

/** The IPv4 address that an IPv6 address carries, else the address itself: a packet for the one goes to the other. */
function unpack(address: Address): Address {
  const carrier = CARRIERS.find(({ network }) => isWithin(address, network));
  if (!carrier) return address;
  return ipaddr.fromByteArray(address.toByteArray().slice(carrier.firstByte, carrier.firstByte + IPV4_BYTES));
}

/**
 * Judges where a packet to this address would go. An IPv4 address inside an IPv6 one is taken out and judged itself. Whatever is not
 * certainly public (private, loopback, link-local, shared, documentation, tunnels, reserved, zones) is refused, unless its network is listed.
 *
 * `networks` are CIDR blocks as `parseDeliveryEnv` gives them. Ranges: IANA's special-purpose registries, by ipaddr.js.
 * `judgeAddress('::ffff:10.0.0.1', [])` is "refused"; with `['10.0.0.0/8']` it is "listed". Pure.
 */
export function judgeAddress(text: string, networks: readonly string[]): AddressVerdict {
  const exact = readExactly(text);
  if (exact === undefined) return 'refused';
  const address = unpack(exact);
  if (networks.some((network) => isWithin(address, ipaddr.parseCIDR(network)))) return 'listed';
  const isPublic = address.range() === 'unicast' && (address.kind() === 'ipv4' || isWithin(address, GLOBAL_UNICAST));
  return isPublic ? 'public' : 'refused';
}
