import { describe, expect, it } from 'vitest';
import { urlOf } from '../../src/core/url.ts';

describe('the URL that a text is', () => {
  it('is what the standard makes of it, also seen from another one', () => {
    expect(urlOf('HTTP://A.example:80/b')?.href).toBe('http://a.example/b');
    expect(urlOf('../c', new URL('http://a.example/b/d'))?.href).toBe('http://a.example/c');
  });

  it('is none where the text is none, however often one asks', () => {
    // Two characters that are one in UTF-8, and U+0080 is none that a host may have.
    const found = Array.from({ length: 10_000 }, () => urlOf('http://Ã\u0080'));
    expect(new Set(found)).toEqual(new Set([undefined]));
    for (const text of ['', 'a.example', 'http://', 'http://a:b']) expect(urlOf(text)).toBeUndefined();
  });
});
