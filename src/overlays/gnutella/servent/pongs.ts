import { type Address, ipOf, portOf } from '../../../core/address.ts';
import { EMPTY } from '../../../core/byte-reader.ts';
import type { ServentState } from '../../overlay.ts';
import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import { type Endpoint, endpointOf, ipv4Endpoint } from '../wire/endpoint.ts';
import { encodeExtension, type ExtensionValue } from '../wire/extension-value.ts';
import type { Guid } from '../wire/guid.ts';
import { encodeMessage } from '../wire/message.ts';
import type { GnutellaPersonality } from './personality.ts';

/** The KiB that every superpeer says it shares, at least: the old mark of its role. */
const SUPERPEER_KIB = 8;

/** What a servent can say of itself in a Pong. */
export interface Self {
  readonly state: ServentState;
  readonly personality: GnutellaPersonality;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The Pong of a servent itself: it shares nothing; a superpeer has the old mark of its role, and where its program has
 * them, the extensions VC, GUE, UP and DU, in the order of gtk-gnutella.
 * @param more extensions that were asked for.
 * @param ttl the hops that the Ping has come, and one.
 */
export function ownPong(guid: Guid, self: Self, more: readonly ExtensionValue[] = [], ttl = 1): Uint8Array {
  const { state, personality } = self;
  const isMarked = state.role === 'superpeer' && !personality.isOld;
  return encodePong(
    guid,
    { ttl, hops: 0 },
    {
      endpoint: state.address === undefined ? ipv4Endpoint(0, 0) : endpointOf(state.address),
      kib: isMarked ? SUPERPEER_KIB : 0,
      values: [...ownExtensions(self), ...more],
    },
  );
}

/** The bare Pong of a neighbour, one hop away. What it shares is not known here, which gtk-gnutella often says too. */
export function neighbourPong(guid: Guid, neighbour: Address, ttl = 1): Uint8Array {
  return encodePong(guid, { ttl, hops: 1 }, { endpoint: endpointOf(neighbour), kib: 0, values: [] });
}

interface Way {
  readonly ttl: number;
  readonly hops: number;
}

interface PongFields {
  readonly endpoint: Endpoint;
  readonly kib: number;
  readonly values: readonly ExtensionValue[];
}

/** A peer of IPv6 says 127.0.0.0, and its address in an extension. */
function encodePong(guid: Guid, way: Way, { endpoint, kib, values }: PongFields): Uint8Array {
  const isIpv6 = endpoint.startsWith('[');
  const address = endpoint as string as Address;
  const shown = isIpv6 ? ipv4Endpoint(NO_IPV4, portOf(address)) : endpoint;
  const all = isIpv6 ? [...values, { id: '6', ip: ipOf(address) } as const] : values;
  return encodeMessage({
    kind: 'pong',
    header: { guid, type: DESCRIPTOR_TYPES.pong, ...way, length: 0, flags: 0 },
    body: { endpoint: shown, files: 0, kib, extensions: all.map(encodeExtension), rest: EMPTY },
  });
}

/** 127.0.0.0 */
const NO_IPV4 = 0x7f00_0000;

const DAY_SECONDS = 86_400;

/** Of the extension UP, as gtk-gnutella sends it. */
const SLOTS_VERSION = 2;

function ownExtensions({ state, personality, now }: Self): readonly ExtensionValue[] {
  const { vendor, guess, slots } = personality;
  if (vendor === undefined) return [];
  const values: ExtensionValue[] = [{ id: 'VC', vendor: vendor.code, version: vendor.version }];
  if (state.role === 'superpeer') {
    if (guess !== undefined) values.push({ id: 'GUE', version: guess, port: undefined });
    values.push({
      id: 'UP',
      version: SLOTS_VERSION,
      freeLeafSlots: shownSlots(slots.leaves - state.leaves.length),
      freeSuperpeerSlots: shownSlots(slots.superpeers - state.peers.length),
    });
  }
  return [...values, { id: 'DU', seconds: Math.min(uptimeSeconds(state, now), DAY_SECONDS) }];
}

/** Seconds since the start that the servent claims. */
export function uptimeSeconds({ startedAt }: ServentState, now: number): number {
  return Math.max(0, Math.floor((now - startedAt) / 1000));
}

function shownSlots(free: number): number {
  return Math.min(255, Math.max(0, free));
}
