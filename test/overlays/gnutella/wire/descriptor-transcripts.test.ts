import { describe, expect, it } from 'vitest';
import { FieldTrace } from '../../../../src/core/field-trace.ts';
import { byeReason } from '../../../../src/overlays/gnutella/wire/bye.ts';
import { extensionValue } from '../../../../src/overlays/gnutella/wire/extension-value.ts';
import { guidText } from '../../../../src/overlays/gnutella/wire/guid.ts';
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from '../../../../src/overlays/gnutella/wire/message.ts';
import { QrpTable } from '../../../../src/overlays/gnutella/wire/qrp-table.ts';
import { describeVendorMessage } from '../../../../src/overlays/gnutella/wire/vendor-message.ts';
import { transcript, TRANSCRIPTS_PRESENT } from '../transcripts.ts';
import { hexMessages, hexTranscripts } from './hex-transcripts.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const decode = (name: string) => hexMessages(name).map((bytes) => decodeMessage(bytes, { transport: 'udp' }));

function at<Kind extends Message['kind']>(name: string, line: number, kind: Kind): Message & { kind: Kind } {
  const read = decode(name).at(line);
  expect(read?.kind).toBe(kind);
  return read as Message & { kind: Kind };
}

/** The recorded network: superpeer .1k listens on 634k, leaf .2k on 635k. */
const net = (...hosts: number[]) => hosts.map((host) => `203.0.113.${host}:${6330 + host}`);
const GTKG = 'gtk-gnutella/1.2.3-14-ga331a-dirty (2024-03-03; Topless; Linux x86_64)';

describe.skipIf(!TRANSCRIPTS_PRESENT)(
  'descriptors of gtk-gnutella 1.2.3, values from notes on that servent (skipped where ../shared is absent)',
  () => {
    it('are all read but the broken ones, and written again byte for byte', () => {
      const broken = new Map<string, string>();
      for (const name of hexTranscripts()) {
        for (const bytes of hexMessages(name)) {
          const read = decodeMessage(bytes, { transport: 'udp' });
          if (read.kind === 'malformed') broken.set(name, read.why);
          // All of them are canonical: agents and routing tables keep their deflated form, which compressors choose.
          expect(hex(encodeMessage(read))).toBe(hex(bytes));
        }
      }
      expect(Object.fromEntries(broken)).toEqual({
        'bad-garbage': 'too-large',
        'bad-oversize': 'too-large',
        'bad-short-pong': 'bad-payload',
        'udp-garbage': 'no-header',
      });
    });

    it('understand all they hold: nothing is left over but the two bytes that a test added', () => {
      const rests: string[] = [];
      for (const name of hexTranscripts()) {
        for (const read of decode(name)) {
          if (read.kind === 'malformed' || read.kind === 'opaque') continue;
          if ('rest' in read.body && read.body.rest.length > 0) rests.push(`${name} ${hex(read.body.rest)}`);
        }
      }
      expect(rests).toEqual(['udp-crawler-long 0000']);
    });

    it.each(['session-leaf', 'session-up'])('%s is what another decoder wrote of it', (session) => {
      const lines = Buffer.from(transcript(`${session}.session.txt`))
        .toString('latin1')
        .split('\n');
      const side = (sign: string) => lines.filter((line) => line.includes(` ${sign} `));
      for (const [sign, file] of [
        ['<', `${session}.recv`],
        ['>', `${session}.sent`],
      ] as const) {
        const told = side(sign).map((line) => line.replace(/^\S+ [<>] /, '').replace(/   \[.*\]$/, ''));
        expect(decode(file).map(asTimeline)).toEqual(told);
      }
    });

    it('a Ping of TTL 2 is answered with one Pong for each superpeer, without extensions', () => {
      const pongs = decode('ttl2-many').map((read) => (read.kind === 'pong' ? read : undefined));
      // 27 of those made for the record on 7000 + last octet, then the one real superpeer: of 31 neighbours the servent
      // cut three off, which had sent no vendor messages.
      const made = Array.from({ length: 27 }, (_, i) => `198.51.100.${157 - i}:${7157 - i}`);
      expect(pongs.map((pong) => pong?.body.endpoint)).toEqual([...made, ...net(14)]);
      expect(pongs.every((pong) => pong?.header.hops === 1 && pong.header.ttl === 1)).toBe(true);
      expect(pongs.every((pong) => pong?.body.extensions.length === 0)).toBe(true);
      expect(pongs.at(-1)?.body).toMatchObject({ files: 1, kib: 8 });
    });

    it('a Pong carries what GGEP says of its sender', () => {
      const { extensions, endpoint, files, kib } = at('udp-ping-scp-many', 1, 'pong').body;
      expect({ endpoint, files, kib }).toEqual({ endpoint: '203.0.113.15:6345', files: 1, kib: 8 });
      expect(extensionValue(extensions, 'VC')).toEqual({ id: 'VC', vendor: 'GTKG', version: 0x83 });
      expect(extensionValue(extensions, 'UP')).toMatchObject({ freeLeafSlots: 0xe4, freeSuperpeerSlots: 1 });
      expect(extensionValue(extensions, 'GUE')).toEqual({ id: 'GUE', version: 2, port: undefined });
      expect(extensionValue(extensions, 'DU')).toEqual({ id: 'DU', seconds: 0x9d });
      expect(extensionValue(extensions, 'TLS')).toEqual({ id: 'TLS' });
      expect(extensionValue(extensions, 'IPP')?.hosts).toEqual(net(14));
      expect(extensionValue(extensions, 'IPP_TLS')?.places).toEqual([0]);
      expect(extensionValue(extensions, 'LOC')).toBeUndefined();
    });

    it('a Pong of 4 of 300 leaves and 2 of 50 superpeers says 255 and 48 free slots', () => {
      const { extensions } = at('udp-ping-plain', 1, 'pong').body;
      const free = { version: 2, freeLeafSlots: 255, freeSuperpeerSlots: 48 };
      expect(extensionValue(extensions, 'UP')).toEqual({ id: 'UP', ...free });
    });

    it('a Ping with SCP gets hosts, and a bit for each that accepts TLS', () => {
      const leaf = at('udp-ping-scp-leafnode', 1, 'pong').body.extensions;
      expect(extensionValue(leaf, 'IPP')?.hosts).toEqual(net(12, 11));
      expect(extensionValue(leaf, 'IPP_TLS')?.places).toEqual([0, 1]);
      expect(extensionValue(leaf, 'UP')).toBeUndefined();
      const superpeer = at('udp-ping-scp-empty', 1, 'pong').body.extensions;
      expect(extensionValue(superpeer, 'IPP_TLS')?.places).toEqual([1]);
      const asked = (name: string) => extensionValue(at(name, 0, 'ping').body.extensions, 'SCP');
      expect(asked('udp-ping-scp-empty')).toEqual({ id: 'SCP', wanted: undefined });
      expect(asked('udp-ping-scp-ipv6')).toEqual({ id: 'SCP', wanted: 5 });
    });

    it('a Ping with IP, QK or an introduction to GUESS is answered as such', () => {
      const ip = at('udp-ping-ip', 1, 'pong').body.extensions;
      expect(extensionValue(ip, 'IP')?.endpoint).toBe('198.51.100.67:6346');
      expect(extensionValue(at('udp-ping-ip', 0, 'ping').body.extensions, 'IP')?.endpoint).toBeUndefined();
      const key = extensionValue(at('udp-guess-qk', 1, 'pong').body.extensions, 'QK')?.key;
      expect(hex(key ?? new Uint8Array(0))).toBe('6b1daff4');
      const introduction = at('udp-ping-gue-intro', 0, 'ping').body.extensions;
      expect(extensionValue(introduction, 'GUE')).toEqual({ id: 'GUE', version: 2, port: 6346 });
      const back = at('udp-ping-gue-intro', 1, 'ping').body.extensions;
      expect(extensionValue(back, 'GUE')).toEqual({ id: 'GUE', version: 2, port: 6343 });
    });

    it('a UDP crawler pong lists superpeers, then leaves', () => {
      const { body } = at('udp-crawler-f00', 1, 'crawler-pong');
      expect(body.superpeers.map(({ endpoint }) => endpoint)).toEqual(net(13, 12));
      expect(body.leaves.map(({ endpoint }) => endpoint)).toEqual(net(23, 24, 22, 21));
      expect(body.superpeers.every(({ minutes }) => minutes === undefined)).toBe(true);
      expect(body.agents).toBeUndefined();
    });

    it('a UDP crawler pong is read by its own features, not by those that were asked for', () => {
      const ping = at('udp-crawler-fff', 0, 'crawler-ping').body;
      expect(ping).toMatchObject({ version: 1, superpeers: 255, leaves: 255, features: 0xff });
      const { features, superpeers, leaves, agents } = at('udp-crawler-fff', 1, 'crawler-pong').body;
      expect(features).toBe(0x0d);
      expect([...superpeers, ...leaves].map(({ minutes }) => minutes)).toEqual([5, 5, 4, 5, 5, 5]);
      expect(agents).toMatchObject({ packing: 'zlib', own: GTKG, names: new Array<string>(6).fill(GTKG) });
    });

    it.each([
      ['udp-crawler-1-1', 1, 1],
      ['udp-crawler-2-0', 2, 0],
      ['udp-crawler-f01', 2, 4],
      ['udp-crawler-f08', 2, 4],
      ['udp-crawler-leaf', 2, 0],
      ['udp-crawler-many-10-10', 10, 10],
      ['udp-crawler-many-f0b', 29, 72],
      ['udp-crawler-many-newonly', 1, 2],
      ['udp-crawler-std32', 2, 4],
      ['udp-crawler-ttl9-f09', 2, 2],
      ['udp-crawler-v2', 2, 4],
    ])('%s gives %i superpeers and %i leaves', (name, superpeers, leaves) => {
      const { body } = at(name, 1, 'crawler-pong');
      expect([body.superpeers.length, body.leaves.length]).toEqual([superpeers, leaves]);
      expect(at(name, 0, 'crawler-ping').body.version).toBe(name.endsWith('v2') ? 2 : 1);
    });

    it('the agents of many neighbours belong to them', () => {
      const { superpeers, leaves, agents } = at('udp-crawler-many-f0b', 1, 'crawler-pong').body;
      expect(agents?.names).toHaveLength(superpeers.length + leaves.length);
      const real = [...superpeers, ...leaves].filter((_, i) => agents?.names[i] === GTKG);
      expect(real.map(({ endpoint }) => endpoint)).toEqual(net(14, 27, 26));
      expect(new Set(agents?.names)).toEqual(new Set([GTKG, 'peerscope/0.1']));
      expect(agents?.own).toBe(GTKG);
    });

    it('a crawler ping of two bytes is a vendor message that nobody answers', () => {
      expect(at('udp-crawler-short', 0, 'vendor').body).toMatchObject({
        vendor: 'LIME',
        selector: 5,
        version: 1,
      });
    });

    it('27 messages and 7 features are announced', () => {
      const { messages } = at('session-up.recv', 2, 'messages-supported').body;
      expect(messages).toHaveLength(27);
      expect(messages.map(describeVendorMessage)).toContain('LIME/5v1 (UDP crawler ping)');
      const { features } = at('session-up.recv', 3, 'features-supported').body;
      expect(features.map(({ name, version }) => `${name} ${version}`)).toEqual([
        ...['HSEP 1', 'WHAT 1', 'QRP1 1', 'F2FT -1', 'TCPI 1', 'TLS! 1', 'ADHT 0'],
      ]);
    });

    it('a routing table of 16,384 slots comes as a reset and one patch', () => {
      const table = new QrpTable();
      const messages = decode('session-up.recv').filter((read) => read.kind === 'qrp');
      for (const { body } of messages) expect(table.apply(body)).toBeUndefined();
      // 11 entries of the inflated patch are not 0, counted with zlib alone.
      expect([table.slots, table.count(), table.patched]).toEqual([16_384, 11, true]);
    });

    it('a Query and its hits say the words, the file and who has it', () => {
      expect(at('query-queryhit', 0, 'query').body).toMatchObject({
        flags: 0x8000,
        text: 'peerscope sample',
      });
      const hits = decode('query-queryhit').filter((read) => read.kind === 'query-hit');
      expect(hits.map(({ body }) => body.endpoint)).toEqual(net(12, 21, 22, 23));
      const first = hits[0]?.body;
      expect(first?.speed).toBe(16);
      expect(first?.results[0]).toMatchObject({ index: 1, size: 16, name: 'peerscope sample u2.txt' });
      const [urn, block] = first?.results[0]?.extensions ?? [];
      expect(urn).toEqual({ kind: 'text', text: 'urn:sha1:GRCS4FHWL6ISI72ESMB3EBGII6CIMC23' });
      expect(block?.kind === 'ggep' && block.extensions.map(({ id }) => id)).toEqual(['TT', 'CT']);
      expect(first?.trailer).toMatchObject({ vendor: 'GTKG', openData: Uint8Array.of(0x2c, 0x21) });
      expect(first?.trailer?.extensions.map(({ id }) => id)).toEqual(['GTKGV', 'TLS']);
      expect(first === undefined ? '' : guidText(first.servent)).toBe('d1e3310275ce5f23050c950819141571');
      expect(hits.slice(1).every(({ header }) => header.hops === 1)).toBe(true);
    });

    it('a GUESS query carries its key in GGEP right after its text', () => {
      const { extensions } = at('udp-guess-query', 0, 'query').body;
      const block = extensions[0];
      expect(extensions).toHaveLength(1);
      expect(block?.kind === 'ggep' && extensionValue(block.extensions, 'QK')?.key).toEqual(
        Uint8Array.of(0x6b, 0x1d, 0xaf, 0xf4),
      );
    });

    it('a Bye gives its code, its reason and who says it', () => {
      const removed = at('bye-node-drop', 0, 'bye').body;
      expect([removed.code, byeReason(removed)]).toEqual([201, 'User manual removal']);
      expect(removed.text).toBe(`User manual removal\r\nServer: ${GTKG}\r\n\r\n`);
      const scolded = at('bad-oversize', 1, 'bye').body;
      expect([scolded.code, byeReason(scolded)]).toEqual([400, 'Too large Query message (65535 bytes)']);
    });

    it('are told field by field, in words', () => {
      const trace = new FieldTrace();
      decodeMessage(hexMessages('udp-ping-plain')[1] ?? new Uint8Array(0), { trace });
      const told = trace.fields.map(({ offset, bytes, name, meaning }) => [
        offset,
        hex(bytes),
        name,
        meaning,
      ]);
      expect(told).toContainEqual([16, '01', 'type', 'Pong']);
      expect(told).toContainEqual([25, 'cb00710b', 'IPv4 address', 'peer 203.0.113.11:6341']);
      expect(told).toContainEqual([57, '02ff30', 'data', '255 free leaf slots, 48 free superpeer slots']);

      const short = new FieldTrace();
      decodeMessage(hexMessages('bad-short-pong')[0] ?? new Uint8Array(0), { trace: short });
      expect(short.fields.map(({ name, meaning }) => [name, meaning]).slice(-2)).toEqual([
        ['port', undefined],
        ['IPv4 address', 'missing: 4 bytes expected'],
      ]);
    });

    it('types that nobody knows are opaque, and a TTL of 200 is only a number', () => {
      expect(at('bad-unknown-type', 0, 'opaque').header.type).toBe(0x55);
      expect(at('bad-ttl-overflow', 0, 'ping').header.ttl).toBe(200);
    });
  },
);

/** A message as the recorded timelines spell it. */
function asTimeline(read: ReturnType<typeof decodeMessage>): string {
  if (read.kind === 'malformed') return read.why;
  const { ttl, hops, length } = read.header;
  const head = `ttl=${ttl} hops=${hops} len=${length} flags=0x0`;
  const payload = hex(encodeMessage(read)).slice(46);
  switch (read.kind) {
    case 'ping':
      return `PING ${head} ggep=${ggep(read.body.extensions)}`;
    case 'pong': {
      const [ip, port] = read.body.endpoint.split(':');
      const { files, kib, extensions } = read.body;
      return `PONG ${head} port=${port} ip=${ip} files=${files} kb=${kib} ggep=${ggep(extensions)}`;
    }
    case 'qrp':
      return `QRP ${head} ${payload.slice(0, 24)}`;
    case 'messages-supported':
      return `VMSG ${head} b'\\x00\\x00\\x00\\x00'/0v0 ${payload.slice(16)}`;
    case 'features-supported':
      return `VMSG ${head} b'\\x00\\x00\\x00\\x00'/10v0 ${payload.slice(16)}`;
    default:
      return read.kind;
  }
}

function ggep(extensions: (Message & { kind: 'pong' })['body']['extensions']): string {
  const parts = extensions.map(({ id, data }, i) => {
    const flags = (i === extensions.length - 1 ? 0x80 : 0) | id.length;
    return `('${id}', '0x${flags.toString(16)}', '${hex(data)}')`;
  });
  return `[${parts.join(', ')}]`;
}
