import { urlOf } from '../../../core/url.ts';
import { MAX_CACHE_URL_CHARACTERS } from './limits.ts';
import { percentDecode } from './percent.ts';

/** Where a web cache is, in its one canonical spelling: `http://` host `[:port]` path, nothing else. */
export type CacheUrl = string & { readonly __cacheUrl: unique symbol };

/**
 * Reads the URL of a web cache; percent-encoded characters are decoded first, as the version 2 specification demands.
 *
 * Only `http`, without user, query and fragment, and only letters, digits and `/._~-` in its path: then a URL can stand
 * in a line of any answer without a further thought. All else is undefined. Whether it may be dialled is another question.
 * BOUNDED: MAX_CACHE_URL_CHARACTERS.
 */
export function parseCacheUrl(text: string): CacheUrl | undefined {
  if (text.length > 3 * MAX_CACHE_URL_CHARACTERS) return undefined;
  const plain = percentDecode(text);
  const url = /^http:\/\/[^/]/i.test(plain) ? urlOf(plain) : undefined;
  if (url === undefined) return undefined;
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isPlain || url.port === '0' || url.href.length > MAX_CACHE_URL_CHARACTERS) return undefined;
  if (!/^[a-z0-9.\-[\]:_]+$/.test(url.hostname) || !/^[A-Za-z0-9/._~-]*$/.test(url.pathname))
    return undefined;
  return `http://${url.host}${url.pathname}` as CacheUrl;
}

/**
 * What two spellings of one cache have in common: without `index.php` and its like, and without slashes at the end, as
 * the version 2 specification says. For comparing only: some servers answer nothing under the shorter name.
 */
export function cacheIdentity(url: CacheUrl): string {
  return url.replace(/\/index\.(?:php|cgi|asp|cfm|jsp)$/i, '').replace(/\/+$/, '');
}
