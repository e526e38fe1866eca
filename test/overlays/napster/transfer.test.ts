import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_REQUEST_BYTES } from '../../../src/overlays/napster/limits.ts';
import { contentOf, sharedFile } from '../../../src/overlays/napster/shared-file.ts';
import { decodeRequest, Download, encodeRequest, Upload } from '../../../src/overlays/napster/transfer.ts';

const FILE = sharedFile('7 jigs.mp3');
const request = (name: string, offset = 0) => Buffer.concat(encodeRequest({ nick: 'p', name, offset }));

describe('a transfer between two clients', () => {
  it('has requests that are read as they were written (property)', () => {
    const text = fc.string({ maxLength: 30 }).filter((some) => !/["\u0100-\uffff]/.test(some));
    const nick = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    fc.assert(
      fc.property(nick, text, fc.nat(0xffff_ffff), (who, name, offset) => {
        const bytes = Buffer.concat(encodeRequest({ nick: who, name, offset }));
        expect(decodeRequest(bytes)).toEqual({ nick: who, name, offset });
      }),
    );
  });

  it('brings the whole file, in any pieces, though the content begins with a digit as its size does (property)', () => {
    const answer = new Upload([FILE]).push(request(FILE.name));
    expect(answer?.isFile).toBe(true);
    const sent = answer?.send ?? new Uint8Array();
    expect(Buffer.from(sent).toString('latin1', 0, 12)).toBe(`${FILE.size}7 jigs.mp3`.slice(0, 12));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }), (pieces) => {
        const download = new Download(FILE.size);
        expect(download.push(Buffer.from('1'))).toBe('welcomed');
        let at = 0;
        for (const size of pieces) {
          expect(download.push(sent.subarray(at, at + size))).toBeUndefined();
          at += size;
        }
        expect(download.push(sent.subarray(at))).toBe('whole');
      }),
    );
  });

  it('begins where it is asked to', () => {
    const answer = new Upload([FILE]).push(request(FILE.name, 3));
    const digits = String(FILE.size).length;
    expect(answer?.send.subarray(digits)).toEqual(contentOf(FILE).subarray(3));
  });

  it('ends where there is no such file, or the request has no end', () => {
    expect(new Upload([FILE]).push(request('hymn.mp3'))).toMatchObject({ isFile: false });
    expect(new Upload([FILE]).push(request(FILE.name, FILE.size + 1))).toMatchObject({ isFile: false });
    const endless = new Upload([FILE]);
    expect(endless.push(Buffer.alloc(MAX_REQUEST_BYTES, 'G'))).toBeUndefined();
    expect(endless.push(Buffer.from('G'))).toMatchObject({ isFile: false });
  });

  it('fails where the other side says something else, more, or too much', () => {
    expect(new Download(10).push(Buffer.from('2'))).toBe('failed');
    const refused = new Download(10);
    refused.push(Buffer.from('1'));
    expect(refused.push(Buffer.from('FILE NOT SHARED'))).toBe('failed');
    const more = new Download(10);
    more.push(Buffer.from('1'));
    expect(more.push(Buffer.from('10' + 'x'.repeat(11)))).toBe('failed');
    expect(new Download(1e9).push(Buffer.from('1'))).toBe('failed');
  });
});
