import { decodeText, encodeText } from './text.ts';

/** One UDP host cache of a packed list (`PHC`): `host[:port][&key=value…]`. */
export interface PackedCache {
  /** A DNS name or an IP address, never looked up here; 1 to 253 characters. */
  readonly host: string;
  readonly port: number | undefined;
  /** What else the line says, in its order. */
  readonly attributes: readonly (readonly [key: string, value: string])[];
}

/** The lines between LFs that name a cache; others are left out. */
export function decodePackedCaches(bytes: Uint8Array): readonly PackedCache[] {
  return decodeText(bytes)
    .split('\n')
    .map(parseCache)
    .filter((cache) => cache !== undefined);
}

export function encodePackedCaches(caches: readonly PackedCache[]): Uint8Array {
  return encodeText(caches.map(writeCache).join('\n'));
}

const HOST_AND_PORT = /^([\w.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::(\d{1,5}))?$/;

function parseCache(line: string): PackedCache | undefined {
  const [place, ...parts] = line.replace(/\r$/, '').split('&');
  const match = HOST_AND_PORT.exec(place ?? '');
  const host = match?.[1];
  if (host === undefined) return undefined;
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  if (port !== undefined && (port === 0 || port > 65_535)) return undefined;
  const attributes = parts.map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? ([part, ''] as const) : ([part.slice(0, equals), part.slice(equals + 1)] as const);
  });
  return { host, port, attributes };
}

function writeCache({ host, port, attributes }: PackedCache): string {
  const place = port === undefined ? host : `${host}:${port}`;
  return [place, ...attributes.map(([key, value]) => `${key}=${value}`)].join('&');
}
