import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { encodeFixed, shownText } from './text.ts';

/** What kind of vendor message (0x31, 0x32): who defined it, which one of theirs, and in which version. */
export interface VendorMessageId {
  /** Four letters; four NULs are everybody. */
  readonly vendor: string;
  readonly selector: number;
  readonly version: number;
}

/** A vendor message whose data are not looked into. */
export interface VendorMessage extends VendorMessageId {
  readonly data: Uint8Array;
}

export const EVERYBODY = '\0\0\0\0';

const VENDOR_BYTES = 4;

export function readVendorMessageId(reader: ByteReader): VendorMessageId {
  const vendor = reader.latin1('vendor', VENDOR_BYTES);
  if (reader.trace !== undefined) reader.explain(describeVendor(vendor));
  const selector = reader.u16('selector');
  const version = reader.u16('version');
  if (reader.trace !== undefined) reader.explain(describeVendorMessage({ vendor, selector, version }));
  return { vendor, selector, version };
}

export function writeVendorMessageId(writer: ByteWriter, id: VendorMessageId): void {
  writer.bytes(encodeFixed(id.vendor, VENDOR_BYTES)).u16(id.selector).u16(id.version);
}

/** `LIME/5v1 (UDP crawler ping)`. */
export function describeVendorMessage({ vendor, selector, version }: VendorMessageId): string {
  const name = NAMES[`${vendor}/${selector}`];
  const id = `${describeVendor(vendor)}/${selector}v${version}`;
  return name === undefined ? id : `${id} (${name})`;
}

function describeVendor(vendor: string): string {
  return vendor === EVERYBODY ? '0' : shownText(vendor);
}

const NAMES: Readonly<Record<string, string>> = {
  [`${EVERYBODY}/0`]: 'messages supported',
  [`${EVERYBODY}/10`]: 'features supported',
  'BEAR/4': 'hops flow',
  'BEAR/7': 'TCP connect back',
  'BEAR/11': 'query status request',
  'BEAR/12': 'query status answer',
  'GTKG/7': 'UDP connect back',
  'GTKG/9': 'time sync request',
  'GTKG/10': 'time sync answer',
  'GTKG/22': 'node info request',
  'LIME/5': 'UDP crawler ping',
  'LIME/6': 'UDP crawler pong',
  'LIME/11': 'out-of-band reply acknowledgement',
  'LIME/12': 'out-of-band reply indication',
  'LIME/21': 'push proxy request',
  'LIME/22': 'push proxy acknowledgement',
  'LIME/23': 'HEAD ping',
  'LIME/24': 'HEAD pong',
};
