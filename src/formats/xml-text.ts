import type { Holds } from './format.ts';

/** What XML 1.0 cannot hold (its section 2.2): control characters, halves of characters, two that are none. */
const NOT_XML =
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';

const NO_XML_TEXT = new RegExp(NOT_XML, 'g');

/** What formats in XML have room for. */
export const XML_HOLDS: Holds = {
  direction: true,
  lonelyPeers: true,
  peerColumns: 'all',
  linkColumns: 'all',
  badId: { pattern: new RegExp(NOT_XML), why: 'it has a character that XML does not know' },
  badText: NO_XML_TEXT,
};

/** A text as the value of an attribute, or between tags. Line ends and tabs would come back as blanks if they stood there. */
export function escapeXml(text: string): string {
  // Most texts need nothing, and one look tells.
  if (!NEEDS_CARE.test(text)) return text;
  return text
    .replace(NO_XML_TEXT, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (sign) => ESCAPES[sign] ?? `&#${sign.charCodeAt(0)};`);
}

const NEEDS_CARE = /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Sentences as comments. */
export function xmlComments(comments: readonly string[]): string {
  return comments.map((line) => `<!-- ${escapeXml(line).replaceAll('--', '- -')} -->\n`).join('');
}
