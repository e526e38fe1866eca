import { PeerscopeError } from '../../core/errors.ts';
import { parsePrefix, type Prefix } from '../../core/ip-prefix.ts';
import { PrefixSet } from '../../core/prefix-set.ts';

/** Characters of one file of exclusions: a million lines of 64 characters, comments included. */
export const MAX_EXCLUSION_CHARACTERS = 64_000_000;

/** Lines of one file: more prefixes than the Internet's routing table has is no list of people who asked to be left alone. */
export const MAX_EXCLUSION_LINES = 2_000_000;

/** Characters of one line: a prefix has 43 at most, the rest is a comment. */
export const MAX_EXCLUSION_LINE_CHARACTERS = 1_000;

/** A file of exclusions, as it was read. */
export interface ExclusionFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
}

/** Whom a crawl leaves alone. */
export interface Exclusions {
  readonly prefixes: PrefixSet;
  /** Different prefixes. */
  readonly count: number;
}

/**
 * Reads files of exclusions and puts them together. A line is an IP address or a prefix (`192.0.2.0/24`), with a comment behind
 * `#` or not; empty lines count for nothing. One line that cannot be read stops everything: somebody asked to be left alone, and
 * a typing error must not undo that. O(characters).
 * @throws {PeerscopeError} (bad-input) that names the file, the line and what is wrong with it.
 */
export function readExclusions(files: Iterable<ExclusionFile>): Exclusions {
  const all: Prefix[] = [];
  for (const file of files) for (const prefix of prefixesOf(file)) all.push(prefix);
  const prefixes = new PrefixSet(all);
  return { prefixes, count: prefixes.size };
}

function* prefixesOf({ name, text }: ExclusionFile): Generator<Prefix> {
  if (text.length > MAX_EXCLUSION_CHARACTERS) {
    throw bad(`${name} has more than ${MAX_EXCLUSION_CHARACTERS} characters`);
  }
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    const where = `${name} line ${number}`;
    if (number > MAX_EXCLUSION_LINES) throw bad(`${name} has more than ${MAX_EXCLUSION_LINES} lines`);
    if (line.length > MAX_EXCLUSION_LINE_CHARACTERS) {
      throw bad(`${where} has more than ${MAX_EXCLUSION_LINE_CHARACTERS} characters`);
    }
    const comment = line.indexOf('#');
    const entry = (comment < 0 ? line : line.slice(0, comment)).trim();
    if (entry === '') continue;
    const prefix = parsePrefix(entry);
    if ('error' in prefix) throw bad(`${where}: ${quoted(entry)} ${prefix.error}`);
    yield prefix;
  }
}

/** Lines end with LF, CRLF or CR; a byte order mark is none of the text. */
function* linesOf(text: string): Generator<string> {
  let begin = text.startsWith('\uFEFF') ? 1 : 0;
  const ends = /\r\n|\n|\r/g;
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    yield text.slice(begin, end.index);
    begin = ends.lastIndex;
  }
  yield text.slice(begin);
}

const SHOWN_CHARACTERS = 60;

/** What stands there, harmless to a terminal, and not too much of it. */
function quoted(entry: string): string {
  const shown = entry.length > SHOWN_CHARACTERS ? `${entry.slice(0, SHOWN_CHARACTERS)}…` : entry;
  return JSON.stringify(shown.replace(/\p{Cc}/gu, '\uFFFD'));
}

function bad(message: string): PeerscopeError {
  return new PeerscopeError('bad-input', message, {
    hint: 'An exclusion file has one IP address or prefix a line (192.0.2.0/24); comments begin with #.',
  });
}
