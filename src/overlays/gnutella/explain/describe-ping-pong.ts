import type { DescriptorHeader } from '../wire/descriptor-header.ts';
import { extensionValue } from '../wire/extension-value.ts';
import type { Ping } from '../wire/ping.ts';
import { marksSuperpeer, type Pong } from '../wire/pong.ts';
import { counted } from './counted.ts';
import { packedHosts } from './message-addresses.ts';

/** Whom a Ping asks, and for what besides. */
export function describePing({ extensions }: Ping, { ttl, hops }: DescriptorHeader): string {
  const wishes = [
    ...(extensionValue(extensions, 'SCP') !== undefined ? ['addresses of other peers'] : []),
    ...(extensions.some(({ id }) => id === 'DHTIPP') ? ['nodes of the distributed hash table'] : []),
    ...(extensions.some(({ id }) => id === 'GUE') ? ['peers to search by datagram (GUESS)'] : []),
    ...(extensions.some(({ id }) => id === 'IP') ? ['the address it is seen under'] : []),
    ...(extensions.some(({ id }) => id === 'QK') ? ['a query key'] : []),
  ];
  return `Ping: ${whom(ttl, hops)}${wishes.length === 0 ? '' : ` Wants ${wishes.join(', ')}`}`;
}

function whom(ttl: number, hops: number): string {
  if (hops > 0) return `came ${counted(hops, 'hop')}, may go ${ttl} more: who is there?`;
  if (ttl <= 1) return 'who are you?';
  return ttl === 2 ? 'who are your neighbours?' : `who is there, up to ${ttl} hops away?`;
}

/**
 * Who a Pong tells of. How many files is only to be believed of a peer that speaks for itself: gtk-gnutella passes on
 * meaningless numbers.
 */
export function describePong({ endpoint, files, kib, extensions }: Pong, header: DescriptorHeader): string {
  const shares = header.hops === 0 ? ` shares ${counted(files, 'file')}` : '';
  const where = header.hops === 0 ? '' : `, ${counted(header.hops, 'hop')} away`;
  const key = extensionValue(extensions, 'QK')?.key;
  const seen = extensionValue(extensions, 'IP')?.endpoint;
  const hosts = packedHosts(extensions).length;
  return [
    `Pong: ${endpoint}${shares}${where}`,
    ...roleWords(kib, extensions),
    ...(hosts > 0 ? [`names ${counted(hosts, 'other peer')}`] : []),
    ...(seen === undefined ? [] : [`says that you are ${seen}`]),
    ...(key === undefined || key.length === 0 ? [] : ['gives a query key']),
  ].join('; ');
}

function roleWords(kib: number, extensions: Pong['extensions']): readonly string[] {
  const up = extensionValue(extensions, 'UP');
  if (up === undefined) return marksSuperpeer(kib) ? ['superpeer'] : [];
  const atMost = (slots: number) => (slots === 255 ? '255 or more' : `${slots}`);
  return [
    `superpeer with ${atMost(up.freeLeafSlots)} free leaf slots and ${atMost(up.freeSuperpeerSlots)} free superpeer slots`,
  ];
}
