import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import net from 'node:net';
import ipaddr from 'ipaddr.js';
import { env } from '~/lib/env';

/** An address that nothing is sent to. Its code is the reason that the console puts into words. */
export class AddressRefused extends Error {
  readonly code = 'address_refused';
}

/**
 * Whether a message may go to an address: the public ones, and what WEBHOOK_ALLOWED_NETWORKS names. Loopback, private,
 * link-local, shared and all other special ranges (IANA's registries, as ipaddr.js knows them) lead into our own house.
 * Without encryption only to what is named.
 */
export function mayReach(address: string, { encrypted }: { encrypted: boolean }): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (isNamed(parsed)) return true;
  return encrypted && parsed.range() === 'unicast';
}

function isNamed(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return env().WEBHOOK_ALLOWED_NETWORKS.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}

/** What a URL names by number, without brackets; null where it is a name. */
export function numberOf({ hostname }: URL): string | null {
  const plain = hostname.replace(/^\[|\]$/g, '');
  return net.isIP(plain) === 0 ? null : plain;
}

/**
 * Finds a host's address for one connection, and refuses where any of its addresses may not be reached: what is checked
 * is what is connected to, so a name that answers otherwise a moment later gains nothing.
 */
export function checkedLookup(rule: { encrypted: boolean }, resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !mayReach(address, rule)))
        return done(new AddressRefused(hostname), '', 0);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
