import { BlockList, isIP } from 'node:net';

/**
 * Whether an address belongs to a host on the public internet: no loopback, private, link-local, shared, multicast,
 * documentation, benchmark or reserved range (IANA's special-purpose registries, RFC 6890). Of IPv6 only
 * 2000::/3 is public, so addresses that carry an IPv4 one in them (mapped, compatible, NAT64) are refused
 * whole, and so are 6to4 and Teredo.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !SPECIAL_IPV4.check(address, 'ipv4');
    case 6:
      return (
        !address.includes('%') &&
        GLOBAL_IPV6.check(address, 'ipv6') &&
        !SPECIAL_IPV6.check(address, 'ipv6')
      );
    default:
      return false;
  }
}

const SPECIAL_IPV4 = subnets('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

const GLOBAL_IPV6 = subnets('ipv6', [['2000::', 3]]);

const SPECIAL_IPV6 = subnets('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]);

function subnets(family: 'ipv4' | 'ipv6', ranges: [network: string, bits: number][]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ranges) list.addSubnet(network, bits, family);
  return list;
}
