import { type Address, isLoopbackIp } from '../../../core/address.ts';
import { EMPTY } from '../../../core/byte-reader.ts';
import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import { endpointOf, ipv4Endpoint } from '../wire/endpoint.ts';
import {
  encodeExtension,
  extensionValue,
  type ExtensionValue,
  SCP_IPV6_TOO,
  SCP_NO_IPV4,
} from '../wire/extension-value.ts';
import { decodeMessage, encodeMessage, newHeader } from '../wire/message.ts';
import type { Ping } from '../wire/ping.ts';
import { PACKED_HOSTS_SENT } from '../wire/packed-hosts.ts';
import type { UdpHostCache } from './udp-host-cache.ts';

/** Who asks a UDP host cache, and when. */
export interface ReceivedDatagram {
  readonly bytes: Uint8Array;
  readonly remoteIp: string;
  /** Milliseconds. */
  readonly now: number;
}

/** A UDP host cache of our own, where it stands, and its source of randomness (0..below-1, all alike). */
export interface StandingHostCache {
  readonly cache: UdpHostCache;
  readonly address: Address;
  readonly random: (below: number) => number;
}

/**
 * The Pong of a UDP host cache to a Ping: that it is one (UDPHC), and where hosts are asked for (SCP), superpeers (IPP,
 * IPP6) and the other caches that it knows (PHC). Undefined for all else, and for a source that comes too often. On
 * loopback all programs come from one IP address: there nobody is limited, and the address tells no host.
 */
export function answerHostCachePing(
  { cache, address, random }: StandingHostCache,
  { bytes, remoteIp, now }: ReceivedDatagram,
): Uint8Array | undefined {
  const message = decodeMessage(bytes, { transport: 'udp' });
  if (message.kind !== 'ping') return undefined;
  const isHere = isLoopbackIp(remoteIp);
  if (!isHere && !cache.admit(remoteIp, now)) return undefined;
  const question = { remoteIp: isHere ? '' : remoteIp, count: PACKED_HOSTS_SENT };
  const draw = (family: 'ipv4' | 'ipv6') =>
    cache.answer({ ...question, family }, now, random).hosts.map(endpointOf);
  const { ipv4, ipv6, hosts } = wantedOf(message.body);
  const values: ExtensionValue[] = [{ id: 'UDPHC', name: '' }];
  const ofIpv4 = ipv4 ? draw('ipv4') : [];
  const ofIpv6 = ipv6 ? draw('ipv6') : [];
  if (ofIpv4.length > 0) values.push({ id: 'IPP', hosts: ofIpv4 });
  if (ofIpv6.length > 0) values.push({ id: 'IPP6', hosts: ofIpv6 });
  const caches = hosts ? cache.otherCaches : [];
  if (caches.length > 0) values.push({ id: 'PHC', caches, rejected: 0 });
  return encodeMessage({
    kind: 'pong',
    header: newHeader({ guid: message.header.guid, type: DESCRIPTOR_TYPES.pong, ttl: 1 }),
    body: {
      // The port counts; a cache of IPv6 only has no IPv4 address to say.
      endpoint: address.startsWith('[') ? ipv4Endpoint(0, 0) : endpointOf(address),
      files: 0,
      kib: 0,
      extensions: values.map(encodeExtension),
      rest: EMPTY,
    },
  });
}

function wantedOf({ extensions }: Ping) {
  const scp = extensionValue(extensions, 'SCP');
  if (scp === undefined) return { hosts: false, ipv4: false, ipv6: false };
  const wanted = scp.wanted ?? 0;
  return { hosts: true, ipv4: (wanted & SCP_NO_IPV4) === 0, ipv6: (wanted & SCP_IPV6_TOO) !== 0 };
}
