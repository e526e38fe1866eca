import { plainName } from '../wire/values.ts';
import { answerLines } from './answer-lines.ts';
import type { CacheAnswer } from './cache-answer.ts';
import { decodeV1Lines } from './gwebcache-v1.ts';
import { decodeV2Lines, isV2Line } from './gwebcache-v2.ts';

/**
 * What the body of an HTTP answer was. `error`: the cache says that it does not work. `not-a-cache`: a page, a comment,
 * or nothing that any version knows; ports of servents answer with a page too.
 */
export type DecodedCacheAnswer =
  | { readonly kind: 'answer'; readonly spec: 1 | 2; readonly answer: CacheAnswer }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'not-a-cache' };

/**
 * Reads an answer of a web cache, of whichever version it is: caches answer in the other one than they were asked in.
 * Never fails, whatever the bytes; an empty body is an answer of version 1 with nothing in it.
 */
export function decodeCacheAnswer(bytes: Uint8Array): DecodedCacheAnswer {
  const { lines, rejected } = answerLines(bytes);
  const first = lines[0] ?? '';
  if (/^ERROR/i.test(first))
    return { kind: 'error', message: plainName(first.replace(/^ERROR[\s:|]*/i, '')) };
  if (first.startsWith('<') || first.startsWith('#')) return { kind: 'not-a-cache' };
  const spec = lines.some(isV2Line) ? 2 : 1;
  const collector = spec === 2 ? decodeV2Lines(lines) : decodeV1Lines(lines);
  if (collector.recognised === 0 && lines.length + rejected > 0) return { kind: 'not-a-cache' };
  return { kind: 'answer', spec, answer: collector.answer(rejected) };
}
