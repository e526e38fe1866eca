import { ByteReader } from '../../../core/byte-reader.ts';
import { ByteWriter } from '../../../core/byte-writer.ts';
import { type Endpoint, ipv6Bytes, ipv6Text } from './endpoint.ts';
import { contentOf, findExtension, type GgepExtension, ggepExtension } from './ggep-extension.ts';
import {
  decodePackedHostCaches,
  encodePackedHostCaches,
  type PackedHostCaches,
} from './packed-host-caches.ts';
import {
  decodeBitmap,
  decodeIpv4Hosts,
  decodeIpv6Hosts,
  encodeBitmap,
  encodeIpv4Hosts,
  encodeIpv6Hosts,
} from './packed-hosts.ts';
import { decodeText, encodeFixed, encodeText } from './text.ts';

/** What the extensions that matter for topology say, by their id; all others are opaque. */
export type ExtensionValue =
  /** Vendor, four letters, and its version byte. */
  | { readonly id: 'VC'; readonly vendor: string; readonly version: number }
  /** Of a superpeer: slots that are free, up to 255 of each. */
  | {
      readonly id: 'UP';
      readonly version: number;
      readonly freeLeafSlots: number;
      readonly freeSuperpeerSlots: number;
    }
  /** Seconds that the servent runs on an average day. */
  | { readonly id: 'DU'; readonly seconds: number }
  /** GUESS: version, and in an introduction the port; nothing in a request. */
  | { readonly id: 'GUE'; readonly version: number | undefined; readonly port: number | undefined }
  /** Language, `en` or `en_US`. */
  | { readonly id: 'LOC'; readonly locale: string }
  /** Accepts TLS · speaks IPv6. */
  | { readonly id: 'TLS' | 'I6' }
  | { readonly id: 'DHT'; readonly major: number; readonly minor: number; readonly mode: number }
  /** The IPv6 address of the host. */
  | { readonly id: '6'; readonly ip: string }
  /** Hosts are wanted: which ones, as SCP_… bits; undefined is no preference. */
  | { readonly id: 'SCP'; readonly wanted: number | undefined }
  /** Packed hosts. In a Ping, DHTIPP has one byte that asks for them, as in SCP: no value. */
  | { readonly id: 'IPP' | 'IPP6' | 'DHTIPP' | 'DHTIPP6'; readonly hosts: readonly Endpoint[] }
  /** Places in the list of the same message whose hosts accept TLS. */
  | { readonly id: 'IPP_TLS' | 'IPP6_TLS'; readonly places: readonly number[] }
  /** The name of a UDP host cache, or ''. */
  | { readonly id: 'UDPHC'; readonly name: string }
  /** Other UDP host caches. */
  | ({ readonly id: 'PHC' } & PackedHostCaches)
  /** The address that the other side sees us under; undefined asks for it. */
  | { readonly id: 'IP'; readonly endpoint: Endpoint | undefined }
  /** A GUESS query key; empty asks for one. */
  | { readonly id: 'QK'; readonly key: Uint8Array }
  | { readonly id: 'UA'; readonly agent: string };

export type ExtensionId = ExtensionValue['id'];

/** Bits of SCP. */
export const SCP_SUPERPEER_SLOTS = 0x01;
export const SCP_TLS = 0x02;
export const SCP_IPV6_TOO = 0x04;
export const SCP_NO_IPV4 = 0x08;

/** The value that an id stands for. */
export type ValueOf<Id extends ExtensionId> = ExtensionValue extends infer Value
  ? Value extends ExtensionValue
    ? Id extends Value['id']
      ? Value
      : never
    : never
  : never;

/** The value of the first extension of this id; undefined where there is none or its data are not as they should be. */
export function extensionValue<Id extends ExtensionId>(
  extensions: readonly GgepExtension[],
  id: Id,
): ValueOf<Id> | undefined {
  const extension = findExtension(extensions, id);
  // A value has the id that it was decoded for, which the compiler can not see.
  return extension === undefined ? undefined : (decodeExtension(extension) as ValueOf<Id> | undefined);
}

/** What an extension says; undefined for an id that is not known here, and for data that are not as they should be. */
export function decodeExtension(extension: GgepExtension): ExtensionValue | undefined {
  if (!isKnownId(extension.id)) return undefined;
  const content = contentOf(extension);
  return content.kind === 'bytes' ? decodeValue(extension.id, content.bytes) : undefined;
}

/** The extension that says this; packed caches are deflated, as they usually are. */
export function encodeExtension(value: ExtensionValue): GgepExtension {
  return ggepExtension(value.id, encodeValue(value), { deflated: value.id === 'PHC' });
}

const KNOWN_IDS: ReadonlySet<string> = new Set<ExtensionId>([
  ...([
    'VC',
    'UP',
    'DU',
    'GUE',
    'LOC',
    'TLS',
    'I6',
    'DHT',
    '6',
    'SCP',
    'IPP',
    'IPP6',
    'DHTIPP',
    'DHTIPP6',
  ] as const),
  ...(['IPP_TLS', 'IPP6_TLS', 'UDPHC', 'PHC', 'IP', 'QK', 'UA'] as const),
]);

function isKnownId(id: string): id is ExtensionId {
  return KNOWN_IDS.has(id);
}

function decodeValue(id: ExtensionId, bytes: Uint8Array): ExtensionValue | undefined {
  const reader = new ByteReader(bytes);
  const value = readValue(id, bytes, reader);
  return reader.ok ? value : undefined;
}

function readValue(id: ExtensionId, bytes: Uint8Array, reader: ByteReader): ExtensionValue | undefined {
  switch (id) {
    case 'VC':
      return { id, vendor: reader.latin1('vendor', 4), version: reader.u8('version') };
    case 'UP':
      return {
        id,
        version: reader.u8('version'),
        freeLeafSlots: reader.u8('free leaf slots'),
        freeSuperpeerSlots: reader.u8('free superpeer slots'),
      };
    case 'DU':
      return bytes.length > 4 ? undefined : { id, seconds: littleEndian(bytes) };
    case 'GUE':
      return {
        id,
        version: bytes.length > 0 ? reader.u8('version') : undefined,
        port: bytes.length > 1 ? reader.u16('port') : undefined,
      };
    case 'LOC':
      return { id, locale: decodeText(bytes) };
    case 'TLS':
    case 'I6':
      return { id };
    case 'DHT':
      return { id, major: reader.u8('major'), minor: reader.u8('minor'), mode: reader.u8('mode') };
    case '6':
      return bytes.length === 16 ? { id, ip: ipv6Text(bytes) } : undefined;
    case 'SCP':
      return { id, wanted: bytes.length > 0 ? reader.u8('wanted') : undefined };
    case 'IPP':
    case 'DHTIPP':
      return withHosts(id, decodeIpv4Hosts(bytes));
    case 'IPP6':
    case 'DHTIPP6':
      return withHosts(id, decodeIpv6Hosts(bytes));
    case 'IPP_TLS':
    case 'IPP6_TLS':
      return { id, places: decodeBitmap(bytes) };
    case 'UDPHC':
      return { id, name: decodeText(bytes) };
    case 'PHC':
      return { id, ...decodePackedHostCaches(bytes) };
    case 'IP': {
      const hosts = bytes.length === 18 ? decodeIpv6Hosts(bytes) : decodeIpv4Hosts(bytes);
      return hosts === undefined || hosts.length > 1 ? undefined : { id, endpoint: hosts[0] };
    }
    case 'QK':
      return { id, key: bytes };
    case 'UA':
      return { id, agent: decodeText(bytes) };
  }
}

function encodeValue(value: ExtensionValue): Uint8Array {
  const writer = new ByteWriter(8);
  switch (value.id) {
    case 'VC':
      return writer.bytes(encodeFixed(value.vendor, 4)).u8(value.version).finish();
    case 'UP':
      return writer.u8(value.version).u8(value.freeLeafSlots).u8(value.freeSuperpeerSlots).finish();
    case 'DU':
      return shortLittleEndian(value.seconds);
    case 'GUE':
      if (value.version !== undefined) writer.u8(value.version);
      if (value.version !== undefined && value.port !== undefined) writer.u16(value.port);
      return writer.finish();
    case 'LOC':
      return encodeText(value.locale);
    case 'TLS':
    case 'I6':
      return writer.finish();
    case 'DHT':
      return writer.u8(value.major).u8(value.minor).u8(value.mode).finish();
    case '6':
      return ipv6Bytes(value.ip) ?? new Uint8Array(16);
    case 'SCP':
      return value.wanted === undefined ? writer.finish() : writer.u8(value.wanted).finish();
    case 'IPP':
    case 'DHTIPP':
      return encodeIpv4Hosts(value.hosts);
    case 'IPP6':
    case 'DHTIPP6':
      return encodeIpv6Hosts(value.hosts);
    case 'IPP_TLS':
    case 'IPP6_TLS':
      return encodeBitmap(value.places);
    case 'UDPHC':
      return encodeText(value.name);
    case 'PHC':
      return encodePackedHostCaches(value.caches);
    case 'IP':
      if (value.endpoint === undefined) return writer.finish();
      return value.endpoint.startsWith('[')
        ? encodeIpv6Hosts([value.endpoint])
        : encodeIpv4Hosts([value.endpoint]);
    case 'QK':
      return value.key;
    case 'UA':
      return encodeText(value.agent);
  }
}

function withHosts(
  id: 'IPP' | 'IPP6' | 'DHTIPP' | 'DHTIPP6',
  hosts: readonly Endpoint[] | undefined,
): ExtensionValue | undefined {
  return hosts === undefined ? undefined : { id, hosts };
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}

/** Little-endian without zero bytes at its end. */
function shortLittleEndian(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  return Uint8Array.from(bytes);
}
