import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUserAgents, packUserAgents } from '../../../../src/overlays/gnutella/wire/user-agents.ts';

const name = fc.string({ unit: fc.constantFrom('\\', ';', 'a', 'é'), maxLength: 12 });

describe('the agents of a crawler pong', () => {
  it.each(['zlib', 'gzip'] as const)('packed as %s are the same again', (packing) => {
    // LimeWire escapes no backslash: one before a semicolon can not be told from the semicolon's own.
    const any = packing === 'zlib' ? name : name.map((text) => text.replaceAll('\\', '/'));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), any, (names, own) => {
        const packed = packUserAgents(packing, names, own);
        expect(decodeUserAgents(packed.packed, names.length)).toEqual(packed);
      }),
    );
  });

  it('are split where no backslash is before the semicolon, by hand', () => {
    const gtk = deflateSync('a\\; b;c\\\\;d');
    expect(decodeUserAgents(gtk, 2)).toMatchObject({ packing: 'zlib', names: ['a; b', 'c\\'], own: 'd' });
    const limeWire = gzipSync(Buffer.from('\x06\0a\\;b;c', 'latin1'));
    const framed = Buffer.from([limeWire.length, 0, ...limeWire]);
    expect(decodeUserAgents(framed, 1)).toMatchObject({ packing: 'gzip', names: ['a;b'], own: 'c' });
  });

  it('are none where they are too few, too many, corrupt, cut off, or a bomb', () => {
    const three = deflateSync('a;b;c');
    expect(decodeUserAgents(three, 1)).toBeUndefined();
    expect(decodeUserAgents(three, 3)).toBeUndefined();
    expect(decodeUserAgents(three.subarray(0, 8), 2)).toBeUndefined();
    expect(decodeUserAgents(Buffer.from('agents in plain'), 0)).toBeUndefined();
    expect(decodeUserAgents(new Uint8Array(0), 0)).toBeUndefined();
    expect(decodeUserAgents(deflateSync(new Uint8Array(1_000_000)), 0)).toBeUndefined();
  });
});
