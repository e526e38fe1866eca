import type { LinkBuffer } from './link-buffer.ts';

/**
 * Takes links from `bytes[begin .. end - 1]` as long as each line is two whole numbers and nothing else: up to nine digits
 * without a leading zero, one blank or tab between, LF or CRLF. Where it comes back, a line begins that is not of that kind,
 * or the bytes end. This loop is what reading a large edge list takes its time for.
 *
 * @param end just behind a newline.
 */
export function takeNumericLines(bytes: Uint8Array, begin: number, end: number, links: LinkBuffer): number {
  let { sources, targets, count, largest } = links;
  let at = begin;
  while (at < end) {
    let p = at;
    let source = bytes[p++]! - ZERO;
    if (source < 0 || source > 9) break;
    let digit = bytes[p++]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      source = source * 10 + digit;
      digit = bytes[p++]! - ZERO;
    }
    const first = p - at - 1;
    if (first > MOST_DIGITS || (bytes[at] === ZERO && first > 1)) break;
    if (digit !== TAB && digit !== BLANK) break;
    const second = p;
    let target = bytes[p++]! - ZERO;
    if (target < 0 || target > 9) break;
    digit = bytes[p++]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      target = target * 10 + digit;
      digit = bytes[p++]! - ZERO;
    }
    const length = p - second - 1;
    if (length > MOST_DIGITS || (bytes[second] === ZERO && length > 1)) break;
    if (digit === CARRIAGE_RETURN) digit = bytes[p++]! - ZERO;
    if (digit !== NEWLINE) break;
    if (count === sources.length) {
      links.count = count;
      links.grow();
      ({ sources, targets } = links);
    }
    if (source > largest) largest = source;
    if (target > largest) largest = target;
    sources[count] = source;
    targets[count++] = target;
    at = p;
  }
  links.count = count;
  links.largest = largest;
  return at;
}

/** Nine digits are below 2^30, so that they add up without overflow. */
const MOST_DIGITS = 9;
const ZERO = 48;
const TAB = 9 - ZERO;
const BLANK = 32 - ZERO;
const CARRIAGE_RETURN = 13 - ZERO;
const NEWLINE = 10 - ZERO;
