import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainNapster } from '../../../src/overlays/napster/explain.ts';
import { spokenOfNapster } from '../../../src/overlays/napster/spoken.ts';
import { encodeRequest, Upload, WELCOME } from '../../../src/overlays/napster/transfer.ts';
import { sharedFile } from '../../../src/overlays/napster/shared-file.ts';
import { encodeMessage } from '../../../src/overlays/napster/wire/message.ts';

const typesOf = (bytes: Uint8Array) => [...explainNapster(bytes)].map((part) => spokenOfNapster(part)?.type);

describe('what is said in Napster', () => {
  it('is told from its first byte to its last, whatever it is (property)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const parts = [...explainNapster(bytes)];
        expect(Buffer.concat(parts.map((part) => part.bytes))).toEqual(Buffer.from(bytes));
        for (const part of parts) spokenOfNapster(part);
      }),
    );
  });

  it('is told as messages by name and number', () => {
    const said = [
      encodeMessage({ kind: 'search', text: 'jig', most: 10 }),
      encodeMessage({ kind: 'download-request', nick: 'p', name: 'jig.mp3' }),
      encodeMessage({ kind: 'other', type: 9, data: new Uint8Array(3) }),
    ];
    expect(typesOf(Buffer.concat(said))).toEqual(['SEARCH (200)', 'DOWNLOAD REQUEST (203)', 'TYPE 9']);
  });

  it('is told as a transfer between two clients', () => {
    const request = Buffer.concat(encodeRequest({ nick: 'p', name: 'jig.mp3', offset: 0 }));
    const file = sharedFile('jig.mp3');
    const sent = new Upload([file]).push(request)?.send ?? new Uint8Array();
    expect(typesOf(request)).toEqual(['GET']);
    expect(typesOf(Buffer.concat([WELCOME, sent]))).toEqual(['"1"', 'FILE']);
    expect(typesOf(Buffer.concat([WELCOME, Buffer.from('FILE NOT SHARED')]))).toEqual(['"1"', 'REFUSAL']);
  });
});
