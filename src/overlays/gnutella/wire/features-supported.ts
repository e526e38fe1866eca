import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { encodeFixed, shownText } from './text.ts';

/** FeaturesSupported (0/10v0): what else a servent can do. */
export interface FeaturesSupported {
  /** Up to 65,535. */
  readonly features: readonly Feature[];
  readonly rest: Uint8Array;
}

export interface Feature {
  /** Four letters: `HSEP`, `TLS!`. */
  readonly name: string;
  /** 16 bits, signed: gtk-gnutella sends F2FT -1. */
  readonly version: number;
}

const NAME_BYTES = 4;

/** Reads the data of the vendor message. */
export function readFeaturesSupported(reader: ByteReader): FeaturesSupported {
  const count = reader.u16('features');
  const features: Feature[] = [];
  for (let i = 0; i < count && reader.ok; i++) {
    const name = reader.latin1('name', NAME_BYTES);
    if (reader.trace !== undefined) reader.explain(shownText(name));
    const version = (reader.u16('version') << 16) >> 16;
    if (version < 0 && reader.trace !== undefined) reader.explain(`${version}`);
    features.push({ name, version });
  }
  return { features, rest: reader.rest('not understood') };
}

export function writeFeaturesSupported(writer: ByteWriter, { features, rest }: FeaturesSupported): void {
  writer.u16(features.length);
  for (const { name, version } of features) writer.bytes(encodeFixed(name, NAME_BYTES)).u16(version);
  writer.bytes(rest);
}
