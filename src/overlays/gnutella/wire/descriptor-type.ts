/** The kinds of descriptors that are known, by the byte that says so. */
export const DESCRIPTOR_TYPES = {
  ping: 0x00,
  pong: 0x01,
  bye: 0x02,
  qrp: 0x30,
  vendor: 0x31,
  standardVendor: 0x32,
  push: 0x40,
  rudp: 0x41,
  dht: 0x44,
  query: 0x80,
  queryHit: 0x81,
  hsep: 0xcd,
} as const;

/** What a descriptor of this type is called, or undefined for a type that nobody is known to send. */
export function descriptorName(type: number): string | undefined {
  return NAMES[type];
}

const NAMES: Readonly<Record<number, string>> = {
  [DESCRIPTOR_TYPES.ping]: 'Ping',
  [DESCRIPTOR_TYPES.pong]: 'Pong',
  [DESCRIPTOR_TYPES.bye]: 'Bye',
  [DESCRIPTOR_TYPES.qrp]: 'query routing (QRP)',
  [DESCRIPTOR_TYPES.vendor]: 'vendor message',
  [DESCRIPTOR_TYPES.standardVendor]: 'standard vendor message',
  [DESCRIPTOR_TYPES.push]: 'Push',
  [DESCRIPTOR_TYPES.rudp]: 'reliable UDP (RUDP)',
  [DESCRIPTOR_TYPES.dht]: 'distributed hash table (Kademlia)',
  [DESCRIPTOR_TYPES.query]: 'Query',
  [DESCRIPTOR_TYPES.queryHit]: 'Query Hit',
  [DESCRIPTOR_TYPES.hsep]: 'horizon size (HSEP)',
};
