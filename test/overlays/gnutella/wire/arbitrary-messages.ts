import fc from 'fast-check';
import { DESCRIPTOR_TYPES } from '../../../../src/overlays/gnutella/wire/descriptor-type.ts';
import type { Endpoint } from '../../../../src/overlays/gnutella/wire/endpoint.ts';
import type { GgepExtension } from '../../../../src/overlays/gnutella/wire/ggep-extension.ts';
import type { Message } from '../../../../src/overlays/gnutella/wire/message.ts';
import type { SearchExtension } from '../../../../src/overlays/gnutella/wire/search-extensions.ts';
import { packUserAgents } from '../../../../src/overlays/gnutella/wire/user-agents.ts';

const u8 = fc.nat(0xff);
const u16 = fc.nat(0xffff);
const u32 = fc.nat(0xffff_ffff);

export const bytes = (maxLength = 40) => fc.uint8Array({ maxLength });
export const guid = fc.uint8Array({ minLength: 16, maxLength: 16 });
const letters = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((raw) => Buffer.from(raw).toString('latin1'));

export const ipv4Endpoint = fc.tuple(fc.ipV4(), u16).map(([ip, port]) => `${ip}:${port}` as Endpoint);

/** Any well-formed text without the two bytes that end a part. */
const text = fc.string({ unit: 'binary', maxLength: 30 }).map((any) => any.replace(/[\0\x1c]/g, ' '));

export const extension: fc.Arbitrary<GgepExtension> = fc.record({
  id: fc.integer({ min: 1, max: 15 }).chain(letters),
  data: bytes(100),
  cobs: fc.boolean(),
  deflated: fc.boolean(),
});

/** A block, then a rest that does not begin another one. */
const trailer = fc.record({
  extensions: fc.array(extension, { maxLength: 6 }),
  rest: bytes().filter((rest) => rest[0] !== 0xc3),
});

/** Parts after the text of a Query; not a single empty one, and none that begins like GGEP. */
const searchExtensions: fc.Arbitrary<readonly SearchExtension[]> = fc
  .array(
    fc.oneof(
      text
        .filter((part) => Buffer.from(part)[0] !== 0xc3)
        .map((part): SearchExtension => ({ kind: 'text', text: part })),
      fc
        .array(extension, { minLength: 1, maxLength: 3 })
        .map((extensions): SearchExtension => ({ kind: 'ggep', extensions })),
    ),
    { maxLength: 4 },
  )
  .filter(([only, ...others]) => others.length > 0 || only?.kind !== 'text' || only.text !== '');

export const entry = fc.record({
  endpoint: ipv4Endpoint,
  minutes: u16,
  language: letters(2),
  replies: u32,
});

const agents = fc.string({ maxLength: 12, unit: fc.constantFrom(';', '\\', 'a', 'é', ' ') });

export const crawlerPong = fc
  .record({
    version: u16,
    features: u8,
    uptime: u32,
    dhtStatus: u8,
    superpeers: fc.array(entry, { maxLength: 5 }),
    leaves: fc.array(entry, { maxLength: 5 }),
    own: agents,
  })
  .chain(({ own, ...fields }) => {
    const has = (bit: number) => (fields.features & bit) !== 0;
    const cut = ({ endpoint, minutes, language, replies }: (typeof fields.leaves)[number]) => ({
      endpoint,
      minutes: has(0x01) ? minutes : undefined,
      language: has(0x02) ? language : undefined,
      replies: has(0x20) ? replies : undefined,
    });
    const pong = {
      ...fields,
      uptime: has(0x10) ? fields.uptime : undefined,
      dhtStatus: has(0x40) ? fields.dhtStatus : undefined,
      superpeers: fields.superpeers.map(cut),
      leaves: fields.leaves.map(cut),
      rest: new Uint8Array(0),
    };
    const count = fields.superpeers.length + fields.leaves.length;
    const packed = fc
      .tuple(fc.constant('zlib' as const), fc.array(agents, { minLength: count, maxLength: count }))
      .map(([packing, names]) => packUserAgents(packing, names, own));
    return (has(0x08) ? fc.option(packed, { nil: undefined }) : fc.constant(undefined)).map(
      (packedAgents) => ({ ...pong, agents: packedAgents }),
    );
  });

const search = { flags: u16, text: text.map((any) => any.replaceAll('\0', ' ')) };

const hit = fc.record({
  endpoint: ipv4Endpoint,
  speed: u32,
  results: fc.array(fc.record({ index: u32, size: u32, name: text, extensions: searchExtensions }), {
    maxLength: 4,
  }),
  trailer: fc.option(
    fc.record({
      vendor: letters(4),
      openData: bytes(4),
      before: fc.constant(new Uint8Array(0)),
      extensions: fc.array(extension, { minLength: 1, maxLength: 3 }),
      rest: bytes(10),
    }),
    { nil: undefined },
  ),
  servent: guid,
});

const body = fc.oneof(
  trailer.map((ping) => [DESCRIPTOR_TYPES.ping, { kind: 'ping' as const, body: ping }] as const),
  fc
    .record({ endpoint: ipv4Endpoint, files: u32, kib: u32 })
    .chain((pong) => trailer.map((end) => ({ ...pong, ...end })))
    .map((pong) => [DESCRIPTOR_TYPES.pong, { kind: 'pong' as const, body: pong }] as const),
  fc
    .record({ code: u16, text, rest: bytes() })
    .map((bye) => [DESCRIPTOR_TYPES.bye, { kind: 'bye' as const, body: bye }] as const),
  fc
    .record({ kind: fc.constant('reset' as const), slots: u32, infinity: u8, rest: bytes(3) })
    .map((reset) => [DESCRIPTOR_TYPES.qrp, { kind: 'qrp' as const, body: reset }] as const),
  fc
    .record({
      kind: fc.constant('patch' as const),
      sequence: u8,
      count: u8,
      compressor: u8,
      entryBits: u8,
      data: bytes(),
    })
    .map((patch) => [DESCRIPTOR_TYPES.qrp, { kind: 'qrp' as const, body: patch }] as const),
  fc
    .record({ servent: guid, fileIndex: u32, endpoint: ipv4Endpoint })
    .chain((push) => trailer.map((end) => ({ ...push, ...end })))
    .map((push) => [DESCRIPTOR_TYPES.push, { kind: 'push' as const, body: push }] as const),
  fc
    .record({
      ...search,
      extensions: searchExtensions,
      rest: bytes(3).map((rest) => (rest.length === 0 ? rest : Uint8Array.of(0, ...rest))),
    })
    .map((query) => [DESCRIPTOR_TYPES.query, { kind: 'query' as const, body: query }] as const),
  hit.map((queryHit) => [DESCRIPTOR_TYPES.queryHit, { kind: 'query-hit' as const, body: queryHit }] as const),
  fc
    .record({
      messages: fc.array(fc.record({ vendor: letters(4), selector: u16, version: u16 }), { maxLength: 30 }),
      rest: bytes(3),
    })
    .map((all) => [DESCRIPTOR_TYPES.vendor, { kind: 'messages-supported' as const, body: all }] as const),
  fc
    .record({
      features: fc.array(
        fc.record({ name: letters(4), version: fc.integer({ min: -32_768, max: 32_767 }) }),
        { maxLength: 30 },
      ),
      rest: bytes(3),
    })
    .map((all) => [DESCRIPTOR_TYPES.vendor, { kind: 'features-supported' as const, body: all }] as const),
  fc
    .record({ hops: u8, rest: bytes(3) })
    .map((flow) => [DESCRIPTOR_TYPES.vendor, { kind: 'hops-flow' as const, body: flow }] as const),
  fc
    .record({ version: u16, superpeers: u8, leaves: u8, features: u8, rest: bytes(3) })
    .map((ping) => [DESCRIPTOR_TYPES.standardVendor, { kind: 'crawler-ping' as const, body: ping }] as const),
  crawlerPong.map(
    (pong) => [DESCRIPTOR_TYPES.vendor, { kind: 'crawler-pong' as const, body: pong }] as const,
  ),
  fc
    .record({ vendor: fc.constantFrom('XXXX', 'GTKG'), selector: u16, version: u16, data: bytes() })
    .map((message) => [DESCRIPTOR_TYPES.vendor, { kind: 'vendor' as const, body: message }] as const),
  fc
    .tuple(fc.constantFrom(0x41, 0x44, 0x55, 0xcd, 0xff), bytes())
    .map(([type, raw]) => [type, { kind: 'opaque' as const, body: raw }] as const),
);

/** Any message that its encoder can write, but the length in its header. */
export const message: fc.Arbitrary<Message> = fc
  .record({
    guid,
    ttl: u8,
    hops: u8,
    flags: fc.oneof(fc.constant(0), fc.integer({ min: 0x8000, max: 0xffff })),
    body,
  })
  .map(({ body: [type, content], ...header }) => ({ ...content, header: { ...header, type, length: 0 } }));
