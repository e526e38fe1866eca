import type { ExplainedPart } from '../../explanation.ts';
import type { Greeting, Reply } from '../wire/handshake.ts';
import type { Header, HeaderBreach } from '../wire/header-block.ts';
import type { InflateFailure } from '../wire/inflate.ts';
import type { MalformedReason, Message } from '../wire/message.ts';

/**
 * What a piece of a Gnutella conversation is. `greeting` block 1 · `reply` block 2 or 3 · `old-reply` the `GNUTELLA OK`
 * of 0.4 · `http-request`, `http-answer`, `http-body` what else is spoken on the same port · `tls` encrypted from here on ·
 * `deflated` a zlib stream, the parts after it are what it inflates to · `malformed` none of all that · and every kind of
 * descriptor (`ping`, `pong` …; `opaque` for types that are not looked into).
 */
export type Part = ExplainedPart & PartContent;

export type PartContent =
  | { readonly kind: 'greeting'; readonly content: Greeting }
  | { readonly kind: 'reply'; readonly content: Reply }
  | { readonly kind: 'old-reply'; readonly content: { readonly headers: readonly Header[] } }
  | { readonly kind: 'http-request' | 'http-answer'; readonly content: HttpHead }
  | { readonly kind: 'http-body' | 'tls' | 'deflated'; readonly content: null }
  | { readonly kind: Message['kind']; readonly content: Message }
  | { readonly kind: 'malformed'; readonly content: { readonly why: PartProblem } };

/** The first line and the headers of HTTP. */
export interface HttpHead {
  readonly firstLine: string;
  readonly headers: readonly Header[];
}

/**
 * Why bytes could not be read: that of a descriptor · a bound of a header block · `no-end` a block without its empty line ·
 * `bad-first-line` a block that begins with none of the known lines · `not-gnutella` text that is something else ·
 * `inflate-…` a deflated stream that breaks.
 */
export type PartProblem =
  MalformedReason | HeaderBreach | 'no-end' | 'bad-first-line' | 'not-gnutella' | `inflate-${InflateFailure}`;
