import { ByteWriter } from '../../../core/byte-writer.ts';
import { deflate, gunzip, gzip, inflate } from './inflate.ts';
import { MAX_USER_AGENTS_BYTES } from './limits.ts';
import { decodeText, encodeText } from './text.ts';

/** The user agents of a crawler pong: one for each neighbour in their order, and the servent's own. */
export interface UserAgents {
  readonly packing: AgentPacking;
  readonly names: readonly string[];
  readonly own: string;
  /** As they were sent: compressors differ. */
  readonly packed: Uint8Array;
}

/**
 * `zlib`, gtk-gnutella's: one zlib stream to the end. `gzip`, LimeWire's: the length of what follows, a gzip stream, in it
 * the length again. Both join the agents with `;` and write `\;` for one inside; gtk-gnutella also `\\` for a `\`.
 */
export type AgentPacking = 'zlib' | 'gzip';

/** Packs agents; each may hold anything. Together they should stay below 64 KiB. */
export function packUserAgents(packing: AgentPacking, names: readonly string[], own: string): UserAgents {
  const text = encodeText([...names, own].map((name) => escapeAgent(packing, name)).join(SEPARATOR));
  const packed = packing === 'zlib' ? deflate(text) : lengthFirst(gzip(lengthFirst(text)));
  return { packing, names, own, packed };
}

/**
 * Unpacks the agents of `count` neighbours; undefined where the bytes are neither packing, corrupt, too large, or the
 * agents are not one more than the neighbours. BOUNDED: MAX_USER_AGENTS_BYTES.
 */
export function decodeUserAgents(packed: Uint8Array, count: number): UserAgents | undefined {
  const packing = packingOf(packed);
  if (packing === undefined) return undefined;
  const inflated =
    packing === 'zlib'
      ? inflate(packed, MAX_USER_AGENTS_BYTES)
      : gunzip(packed.subarray(LENGTH_BYTES), MAX_USER_AGENTS_BYTES);
  if (inflated.kind === 'failed') return undefined;
  const text = packing === 'zlib' ? inflated.bytes : inflated.bytes.subarray(LENGTH_BYTES);
  const names = splitAgents(packing, decodeText(text));
  const own = names.pop();
  return own === undefined || names.length !== count ? undefined : { packing, names, own, packed };
}

const SEPARATOR = ';';
const LENGTH_BYTES = 2;

function packingOf(packed: Uint8Array): AgentPacking | undefined {
  if (packed[LENGTH_BYTES] === 0x1f && packed[LENGTH_BYTES + 1] === 0x8b) return 'gzip';
  // The header of a zlib stream: method 8, and a multiple of 31 (RFC 1950, section 2.2).
  const [method = 0, flags = 0] = packed;
  return (method & 15) === 8 && (method * 256 + flags) % 31 === 0 ? 'zlib' : undefined;
}

function lengthFirst(bytes: Uint8Array): Uint8Array {
  return new ByteWriter(LENGTH_BYTES + bytes.length).u16(bytes.length).bytes(bytes).finish();
}

function escapeAgent(packing: AgentPacking, name: string): string {
  const escaped = packing === 'zlib' ? name.replaceAll('\\', '\\\\') : name;
  return escaped.replaceAll(SEPARATOR, `\\${SEPARATOR}`);
}

/** Splits at `;` that is not escaped. O(characters). */
function splitAgents(packing: AgentPacking, text: string): string[] {
  const names: string[] = [];
  let name = '';
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const isEscape =
      text[at] === '\\' && (text[at + 1] === SEPARATOR || (packing === 'zlib' && text[at + 1] === '\\'));
    const isEnd = at === text.length || text[at] === SEPARATOR;
    if (!isEscape && !isEnd) continue;
    name += text.slice(from, at);
    from = at + 1;
    if (isEscape) at += 1;
    else {
      names.push(name);
      name = '';
    }
  }
  return names;
}
