import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Download } from '../../../../src/overlays/gnutella/node/download.ts';
import { Library } from '../../../../src/overlays/gnutella/node/library.ts';
import { HTTP_LIMITS } from '../../../../src/overlays/gnutella/node/limits.ts';
import { pathOf, Upload } from '../../../../src/overlays/gnutella/node/upload.ts';
import { DESCRIPTOR_TYPES } from '../../../../src/overlays/gnutella/wire/descriptor-type.ts';
import { endpointOf } from '../../../../src/overlays/gnutella/wire/endpoint.ts';
import { encodeMessage, newHeader } from '../../../../src/overlays/gnutella/wire/message.ts';
import { decodeText } from '../../../../src/overlays/gnutella/wire/text.ts';
import { addressOf } from '../../../simulate/live-support.ts';
import { START } from '../../../simulate/support.ts';
import { BLOCK_3, call, dialsOf, greeting, messagesOf, startedNode, textOf } from './contact-support.ts';

/** `Mül` in Latin-1, as old servents send it. */
const LATIN_1 = decodeText(Uint8Array.of(0x4d, 0xfc, 0x6c));

const provider = addressOf(7);

/** The bytes that a percent-encoded text stands for (RFC 3986, section 2.1). */
function percentDecoded(text: string): Buffer {
  const binary = text.replace(/%([0-9A-F]{2})/g, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  return Buffer.from(binary, 'latin1');
}

describe('the path of a file', () => {
  it('holds the bytes of its name, whatever they are (property)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const path = pathOf({ index: 3, name: decodeText(bytes) });
        expect(path).toMatch(/^\/get\/3\/[!-~]*$/);
        expect([...percentDecoded(path.slice('/get/3/'.length))]).toEqual([...bytes]);
      }),
    );
  });

  it('is that of encodeURIComponent where the name is Unicode (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(pathOf({ index: 0, name })).toBe(`/get/0/${encodeURIComponent(name)}`);
      }),
    );
  });
});

describe('a download', () => {
  it('fetches what an upload provides, whatever bytes its name has (property)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
        const library = new Library(['other', decodeText(bytes)]);
        const [, { index, name, size } = { index: 0, name: '', size: 0 }] = library.files;
        const download = new Download({ provider, index, name });
        const { send, close } = new Upload(library).receive(download.request);
        expect(close).toBe(true);
        expect(download.push(send ?? new Uint8Array())).toBe(size);
      }),
    );
  });

  it('is not begun by a request that is longer than a servent reads', () => {
    expect(fetching(LATIN_1).path).toBe('/get/10/M%FCl');
    expect(fetching('a'.repeat(HTTP_LIMITS.maxBytes)).path).toBeUndefined();
  });
});

/** What a node asks for that has searched and is told of a file of this name. */
function fetching(name: string): { readonly path: string | undefined } {
  const { node } = startedNode({ downloads: true });
  const { connection } = call(node, '127.1.0.9', [greeting(addressOf(8)), BLOCK_3]);
  const [query] = messagesOf(node.search(START, 'mul'), connection);
  const guid = query?.header.guid ?? new Uint8Array(16);
  const hit = encodeMessage({
    kind: 'query-hit',
    header: newHeader({ guid, type: DESCRIPTOR_TYPES.queryHit, ttl: 1 }),
    body: {
      endpoint: endpointOf(provider),
      speed: 0,
      results: [{ index: 10, name, size: 1, extensions: [] }],
      trailer: undefined,
      servent: new Uint8Array(16),
    },
  });
  const [dial] = dialsOf(node.received(START, connection, hit));
  if (dial === undefined) return { path: undefined };
  expect(dial.address).toBe(provider);
  const request = textOf(node.dialled(START, dial.connection), dial.connection);
  return { path: /^GET (\S+) HTTP\/1\.1\r\n/.exec(request)?.[1] };
}
