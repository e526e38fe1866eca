import { portOf, type Address } from '../../core/address.ts';
import { ipNumberOf, isLoopback } from '../../core/ip-number.ts';
import { NO_PREFIXES, type PrefixSet } from '../../core/prefix-set.ts';
import { reservedRange } from '../../core/reserved-addresses.ts';

/** Where a crawl may go: this machine alone, or the network too. */
export type DialPolicy =
  | { readonly scope: 'loopback'; readonly excluded: PrefixSet }
  | {
      readonly scope: 'live';
      readonly excluded: PrefixSet;
      /** Whether this machine belongs to it: where the user named a peer on it. A stranger who lists 127.0.0.1 shall not. */
      readonly loopback?: boolean;
      /** Reserved nets that the user named as their own (allowed-nets.ts). */
      readonly allowNet: PrefixSet;
    };

/** What holds as long as the user did not say otherwise. */
export const LOOPBACK_ONLY: DialPolicy = { scope: 'loopback', excluded: NO_PREFIXES };

/**
 * Why an endpoint must not be dialled: `port-zero` nobody listens there · `excluded` somebody asked to be left alone ·
 * `not-loopback` the crawl is not live · `no-host` multicast, broadcast, or an address that stands for another ·
 * `reserved` not a public host, and not in a net that the user named.
 */
export const DIAL_REFUSALS = ['port-zero', 'excluded', 'not-loopback', 'no-host', 'reserved'] as const;
export type DialRefusal = (typeof DIAL_REFUSALS)[number];

/**
 * Why this endpoint must not be dialled, or undefined where it may be. Exclusions win over everything, loopback and allowed
 * nets too; else loopback is always admitted, in a live crawl where the user named a peer there. O(different prefix lengths).
 */
export function whyNotDial(policy: DialPolicy, endpoint: Address): DialRefusal | undefined {
  if (portOf(endpoint) === 0) return 'port-zero';
  const ip = ipNumberOf(endpoint);
  if (policy.excluded.covers(ip)) return 'excluded';
  if (isLoopback(ip)) return policy.scope === 'live' && policy.loopback !== true ? 'reserved' : undefined;
  if (policy.scope === 'loopback') return 'not-loopback';
  const range = reservedRange(ip);
  if (range === undefined) return undefined;
  if (!range.forHosts) return 'no-host';
  return policy.allowNet.covers(ip) ? undefined : 'reserved';
}

/** The policy of a crawl that begins at these peers. */
export function policyFrom(policy: DialPolicy, bootstrap: readonly Address[]): DialPolicy {
  if (policy.scope === 'loopback') return policy;
  return { ...policy, loopback: bootstrap.some((address) => isLoopback(ipNumberOf(address))) };
}
