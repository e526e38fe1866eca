import { PeerscopeError } from '../core/errors.ts';
import { lineAt } from './texts.ts';

/** A piece of a DOT text: an id (whether quoted tells it from a keyword), a sign, or the end. */
export interface DotToken {
  readonly kind: 'id' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

const BLANK = /\s+|\/\/[^\n]*|\/\*[^]*?\*\/|(?<=^|\n)#[^\n]*/y;
// Names, numbers, and the signs of the grammar (https://graphviz.org/doc/info/lang.html).
const WORD = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|-?(?:\.\d+|\d+(?:\.\d*)?)/y;
const SIGN = /--|->|[{}[\]=;,:+]/y;

/** The pieces of a DOT text, one at a time. Texts joined with + come as one. O(characters). */
export class DotTokens {
  readonly #text: string;
  readonly #name: string;
  #at = 0;
  #next: DotToken;

  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
    this.#next = this.#read();
  }

  /** The next piece, which stays. */
  get next(): DotToken {
    return this.#next;
  }

  take(): DotToken {
    const token = this.#next;
    this.#next = this.#read();
    return token;
  }

  isSign(sign: string): boolean {
    return this.#next.kind === 'sign' && this.#next.text === sign;
  }

  /** Whether it was there, and is taken. */
  takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.take();
    return true;
  }

  isWord(word: string): boolean {
    return this.#next.kind === 'id' && this.#next.text.toLowerCase() === word;
  }

  takeId(what: string): string {
    const { kind } = this.#next;
    if (kind !== 'id' && kind !== 'quoted') throw this.unexpected(what);
    let { text } = this.take();
    while (kind === 'quoted' && this.takeSign('+')) {
      if (this.#next.kind !== 'quoted') throw this.unexpected('a quoted text');
      text += this.take().text;
    }
    return text;
  }

  /** Complains of the next piece. */
  unexpected(wanted: string): PeerscopeError {
    const { kind, text, at } = this.#next;
    if (kind === 'end') return this.#bad(at, `the file ends where ${wanted} has to come: it is cut off`);
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    // A quoted text may go on in the next line.
    return this.#bad(at, `${JSON.stringify(shown)} stands where ${wanted} has to come`);
  }

  #read(): DotToken {
    for (BLANK.lastIndex = this.#at; BLANK.test(this.#text);) this.#at = BLANK.lastIndex;
    const at = this.#at;
    if (at >= this.#text.length) return { kind: 'end', text: '', at };
    const sign = this.#text.charAt(at);
    if (sign === '"') return { kind: 'quoted', text: this.#quoted(), at };
    if (sign === '<') return { kind: 'id', text: this.#html(), at };
    for (const [kind, pattern] of [
      ['id', WORD],
      ['sign', SIGN],
    ] as const) {
      pattern.lastIndex = at;
      const found = pattern.exec(this.#text);
      if (found === null) continue;
      this.#at = pattern.lastIndex;
      return { kind, text: found[0], at };
    }
    if (at === this.#text.length - 1) throw this.#bad(at, 'the file ends in the middle: it is cut off');
    throw this.#bad(at, `${JSON.stringify(sign)} has no meaning in DOT`);
  }

  /** Of what a backslash begins, only \" and a line that goes on are changed; all else stays, as Graphviz does it. */
  #quoted(): string {
    const begin = this.#at;
    let text = '';
    let from = begin + 1;
    for (let at = from; at < this.#text.length; at++) {
      const sign = this.#text.charCodeAt(at);
      if (sign === QUOTE) {
        this.#at = at + 1;
        return text + this.#text.slice(from, at);
      }
      if (sign !== BACKSLASH) continue;
      const line = /\r?\n/y;
      line.lastIndex = at + 1;
      if (this.#text.charCodeAt(at + 1) === QUOTE) {
        text += this.#text.slice(from, at);
        from = at + 1;
      } else if (line.test(this.#text)) {
        text += this.#text.slice(from, at);
        from = line.lastIndex;
        at = from - 1;
        continue;
      }
      at += 1;
    }
    throw this.#bad(
      begin,
      'a quoted text begins that does not end: the file is cut off, or a quote is missing',
    );
  }

  #html(): string {
    const begin = this.#at;
    let depth = 0;
    for (let at = begin; at < this.#text.length; at++) {
      const sign = this.#text.charAt(at);
      if (sign === '<') depth += 1;
      else if (sign === '>' && --depth === 0) {
        this.#at = at + 1;
        return this.#text.slice(begin, this.#at);
      }
    }
    throw this.#bad(begin, 'a text in <> begins that does not end');
  }

  #bad(at: number, what: string): PeerscopeError {
    return new PeerscopeError('bad-input', `${this.#name} line ${lineAt(this.#text, at)}: ${what}`);
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
