import fc from 'fast-check';
import { type CacheUrl, parseCacheUrl } from '../../../../src/overlays/gnutella/bootstrap/cache-url.ts';

export function cacheUrl(text: string): CacheUrl {
  const url = parseCacheUrl(text);
  if (url === undefined) throw new RangeError(text);
  return url;
}

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const segment = fc.stringMatching(/^[A-Za-z0-9_~-]{1,8}(\.php)?$/);

export const anyCacheUrl = fc
  .tuple(
    fc.array(label, { minLength: 1, maxLength: 3 }),
    fc.option(fc.integer({ min: 1, max: 65_535 })),
    fc.array(segment, { maxLength: 3 }),
  )
  .map(([labels, port, path]) =>
    cacheUrl(`http://${labels.join('.')}${port === null ? '' : `:${port}`}/${path.join('/')}`),
  );

/** Text that a field may hold as it is: Latin-1 without control characters, bars, and blanks at its ends. */
export const fieldText = fc
  .string({
    unit: fc
      .integer({ min: 33, max: 126 })
      .filter((code) => code !== 124)
      .map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 20,
  })
  .filter((text) => !/^(?:OK|WARNING)/i.test(text) && !/^[:|]/.test(text));

export const count = fc.integer({ min: 0, max: 1_000_000 });

/** Bytes that look like answers and files, and others. */
export const likelyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        'H|',
        'U|',
        'I|',
        'pong|',
        'update|',
        'OK',
        'WARNING',
        '|',
        '\n',
        '\r',
        '\r\n',
        '1.2.3.4:5',
        ':6346',
        ',',
        ';',
        'http://',
        'a.b/c',
        '%',
        '%41',
        '%zz',
        '99999999999999999999',
        ' ',
        '\0',
        '\xff',
        '&',
        '=',
        '?',
        'ip=',
        'url=',
        'get=1',
        'net=',
        '2024-03-03 12:00:00Z',
        'PONG',
        'ERROR',
        '[::1]:7',
        '[',
        '#',
        '<html>',
      ),
      { maxLength: 40 },
    )
    .map((parts) => new Uint8Array(Buffer.from(parts.join(''), 'latin1'))),
);
