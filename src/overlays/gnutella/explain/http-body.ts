import { NO_PART_ADDRESSES } from '../../explanation.ts';
import { type Header, headerValue } from '../wire/header-block.ts';
import { shownText } from '../wire/text.ts';
import { counted } from './counted.ts';
import { isPlainText } from './describe-malformed.ts';
import type { Part } from './part.ts';

/** What follows the headers of an HTTP answer: named, not looked into. */
export function httpBodyPart(headers: readonly Header[], bytes: Uint8Array, offset: number): Part {
  const type = shownText(headerValue(headers, 'content-type') ?? 'an unknown type');
  const chunked = /chunked/i.test(headerValue(headers, 'transfer-encoding') ?? '') ? ', in chunks' : '';
  return {
    kind: 'http-body',
    offset,
    bytes,
    inflated: false,
    layout: 'binary',
    summary: `Body: ${counted(bytes.length, 'byte')} of ${type}${chunked}; not looked into`,
    fields: [
      {
        name: 'body',
        offset,
        bytes,
        value: undefined,
        meaning: isPlainText(bytes) ? 'text' : undefined,
        depth: 0,
      },
    ],
    addresses: NO_PART_ADDRESSES,
    problem: undefined,
    content: null,
  };
}
