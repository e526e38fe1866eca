/** Where a text stops being JSON: line and column from 1, of the first character that cannot stand there. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the first fault of a text that `JSON.parse` refused: its own message tells a position in some versions only.
 * O(length), and as deep as the text nests.
 */
export function jsonFault(text: string): JsonFault {
  const at = new Reader(text).faultAt();
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

const SCALAR =
  /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const NAME = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SPACE = /[ \t\r\n]*/y;

/** Reads JSON and forgets it. Its methods say whether what they read was right; `at` is where they stopped. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  faultAt(): number {
    if (this.#value()) this.#skip(SPACE);
    return this.#at;
  }

  #value(): boolean {
    this.#skip(SPACE);
    if (this.#take('{')) return this.#members('}', () => this.#name() && this.#colon() && this.#value());
    if (this.#take('[')) return this.#members(']', () => this.#value());
    return this.#skip(SCALAR);
  }

  #members(end: string, member: () => boolean): boolean {
    this.#skip(SPACE);
    if (this.#take(end)) return true;
    for (;;) {
      if (!member()) return false;
      this.#skip(SPACE);
      if (this.#take(end)) return true;
      if (!this.#take(',')) return false;
    }
  }

  #name(): boolean {
    this.#skip(SPACE);
    return this.#skip(NAME);
  }

  #colon(): boolean {
    this.#skip(SPACE);
    return this.#take(':');
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found !== null;
  }
}
