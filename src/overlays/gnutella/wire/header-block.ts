/** One header line of a handshake, unfolded; the name as it was spelled. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** One of the three blocks of a handshake: a first line, then headers, in the order in which they came. */
export interface HeaderBlock {
  readonly firstLine: string;
  readonly headers: readonly Header[];
}

/** How much of a block a reader takes before it gives up. */
export interface HeaderLimits {
  /** Bytes of the whole block, with its line ends. */
  readonly maxBytes: number;
  /** Bytes of one line as sent, without its LF; unfolded lines are bounded by `maxBytes`. */
  readonly maxLineBytes: number;
  /** Lines after the first, without the empty one. */
  readonly maxLines: number;
}

export type HeaderBreach = 'too-long-line' | 'too-many-lines' | 'too-large';

/** What a reader found: a whole block and the bytes after it, or the first bound that was broken. */
export type HeaderResult =
  | { readonly kind: 'block'; readonly block: HeaderBlock; readonly remainder: Uint8Array }
  | { readonly kind: 'breach'; readonly breach: HeaderBreach };

/** The value of a header, whatever the case of its name; several of the same name are joined with `, ` (RFC 2616 4.2). */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  let found: string | undefined;
  for (const header of headers) {
    if (header.name.length !== wanted.length || header.name.toLowerCase() !== wanted) continue;
    found = found === undefined ? header.value : `${found}, ${header.value}`;
  }
  return found;
}

/** What goes on in a value where its line is folded; readers put a space in its place. */
export const FOLD = '\r\n\t';

const TAB = 9;
const CR = 13;
const SPACE = 32;

/** Characters of the first line that are known before it is complete: enough to tell protocols apart. */
const HEAD_CHARACTERS = 32;

/**
 * Reads one block from bytes (Latin-1) that arrive split anywhere: the result depends on the bytes, not on the splits.
 *
 * Lenient as servents are: CRLF or bare LF, folded lines, blanks before the colon, lines without a colon (skipped, with
 * their continuations), NULs. Every byte is looked at once, so the cost is O(bytes) however they are split; a chunk that
 * holds the whole block is decoded once and the values are slices of it. BOUNDED: by `limits`; an unfinished line is
 * kept as bytes.
 */
export class HeaderBlockReader {
  readonly #limits: HeaderLimits;
  readonly #headers: { name: string; value: string }[] = [];
  #head = '';
  #firstLine: string | undefined;
  /** Whether the last line was a header, so that a continuation has something to continue. */
  #open = false;
  #lines = 0;
  #bytes = 0;
  #unfinished: Buffer | undefined;
  #unfinishedBytes = 0;
  #result: HeaderResult | undefined;

  constructor(limits: HeaderLimits) {
    this.#limits = limits;
  }

  /** The first characters of the block, as far as they have come. */
  get head(): string {
    return this.#head;
  }

  /** The first line, once it is complete. */
  get firstLine(): string | undefined {
    return this.#firstLine;
  }

  /** The complete lines so far, for a block that will not be finished; undefined while the first line is missing. */
  soFar(): HeaderBlock | undefined {
    return this.#firstLine === undefined ? undefined : { firstLine: this.#firstLine, headers: this.#headers };
  }

  /**
   * The same where the peer ended before a result: of a list that was cut off, what stands before the last comma counts too; the entry
   * behind it may be cut in two. After it the reader is of no more use.
   * @param lists the names, in lower case, of headers that are lists.
   */
  soFarWithCutList(lists: ReadonlySet<string>): HeaderBlock | undefined {
    const line = this.#finishLine('');
    const comma = line.lastIndexOf(',');
    const isCounted = this.#firstLine !== undefined && this.#lines < this.#limits.maxLines;
    if (isCounted && comma > 0 && lists.has(this.#nameOf(line).toLowerCase())) {
      this.#readHeader(line.slice(0, comma));
    }
    return this.soFar();
  }

  /** Takes the next bytes; gives the result once there is one, and the same one ever after. */
  push(bytes: Uint8Array): HeaderResult | undefined {
    if (this.#result !== undefined) return this.#result;
    const buffer = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const allowed = Math.min(buffer.length, this.#limits.maxBytes - this.#bytes);
    const text = buffer.toString('latin1', 0, allowed);
    if (this.#head.length < HEAD_CHARACTERS) this.#head += text.slice(0, HEAD_CHARACTERS - this.#head.length);

    const end = this.#readLines(text);
    this.#bytes += allowed;
    if (typeof end === 'number') {
      const block = { firstLine: this.#firstLine ?? '', headers: this.#headers };
      this.#result = { kind: 'block', block, remainder: bytes.subarray(end) };
    } else if (end !== undefined) {
      this.#result = { kind: 'breach', breach: end };
    } else if (buffer.length > allowed) {
      this.#result = { kind: 'breach', breach: 'too-large' };
    }
    if (this.#result !== undefined) this.#unfinished = undefined;
    return this.#result;
  }

  /** Where the block ends in `text`, or the bound that it breaks, or undefined where more has to come. */
  #readLines(text: string): number | HeaderBreach | undefined {
    let from = 0;
    for (;;) {
      const lineEnd = text.indexOf('\n', from);
      if (lineEnd < 0) return this.#keepUnfinished(text, from);
      const raw = this.#finishLine(text.slice(from, lineEnd));
      if (raw.length > this.#limits.maxLineBytes) return 'too-long-line';
      const line = raw.charCodeAt(raw.length - 1) === CR ? raw.slice(0, -1) : raw;
      from = lineEnd + 1;
      if (this.#firstLine === undefined) {
        this.#firstLine = line;
        if (line === '') return from;
        continue;
      }
      if (line === '') return from;
      this.#lines += 1;
      if (this.#lines > this.#limits.maxLines) return 'too-many-lines';
      this.#readHeader(line);
    }
  }

  #readHeader(line: string): void {
    if (isBlank(line.charCodeAt(0))) {
      const last = this.#headers.at(-1);
      if (this.#open && last !== undefined) last.value = trimBlanks(`${last.value} ${trimBlanks(line)}`);
      return;
    }
    const colon = line.indexOf(':');
    const name = this.#nameOf(line);
    this.#open = name !== '';
    if (this.#open) this.#headers.push({ name, value: trimBlanks(line.slice(colon + 1)) });
  }

  /** The header that a line belongs to, which may be a continuation; '' where there is none. */
  #nameOf(line: string): string {
    if (isBlank(line.charCodeAt(0))) return this.#open ? (this.#headers.at(-1)?.name ?? '') : '';
    return trimBlanks(line.slice(0, Math.max(line.indexOf(':'), 0)));
  }

  #finishLine(rest: string): string {
    if (this.#unfinished === undefined || this.#unfinishedBytes === 0) return rest;
    const line = this.#unfinished.toString('latin1', 0, this.#unfinishedBytes) + rest;
    this.#unfinishedBytes = 0;
    return line;
  }

  /** Doubles its room as the line grows, so that single bytes cost O(1) each. */
  #keepUnfinished(text: string, from: number): HeaderBreach | undefined {
    const bytes = this.#unfinishedBytes + text.length - from;
    if (bytes > this.#limits.maxLineBytes) return 'too-long-line';
    if (bytes === this.#unfinishedBytes) return undefined;
    if (this.#unfinished === undefined || this.#unfinished.length < bytes) {
      // Unsafe only in name: no more is read than was written.
      const wider = Buffer.allocUnsafe(Math.max(2 * bytes, 64));
      this.#unfinished?.copy(wider, 0, 0, this.#unfinishedBytes);
      this.#unfinished = wider;
    }
    this.#unfinished.write(from === 0 ? text : text.slice(from), this.#unfinishedBytes, 'latin1');
    this.#unfinishedBytes = bytes;
    return undefined;
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Spaces and tabs only: `trim` would also take the no-break space, which is a letter like any other here. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
