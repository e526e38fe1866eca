import { MAX_FILE_BYTES, MAX_FILES, MAX_RESULTS } from './limits.ts';
import { wordsOf } from './words.ts';

/** A file that a node shares; its content is made up. */
export interface SharedFile {
  readonly index: number;
  readonly name: string;
  readonly size: number;
}

/** The files of a node, and where their words are. BOUNDED: MAX_FILES of MAX_FILE_BYTES. */
export class Library {
  readonly files: readonly SharedFile[];
  readonly #byWord = new Map<string, SharedFile[]>();

  /** @param names of the files; those beyond MAX_FILES are not shared. */
  constructor(names: readonly string[]) {
    this.files = names.slice(0, MAX_FILES).map((name, index) => ({ index, name, size: sizeOf(name) }));
    for (const file of this.files) {
      for (const word of wordsOf(file.name)) {
        const files = this.#byWord.get(word);
        if (files === undefined) this.#byWord.set(word, [file]);
        else files.push(file);
      }
    }
  }

  /** All words of all names. */
  get words(): readonly string[] {
    return [...this.#byWord.keys()];
  }

  /** The first MAX_RESULTS files whose names have all these words. */
  matching(words: readonly string[]): readonly SharedFile[] {
    const [first, ...others] = words;
    if (first === undefined) return [];
    const files = this.#byWord.get(first) ?? [];
    const found = files.filter((file) => others.every((word) => this.#byWord.get(word)?.includes(file)));
    return found.slice(0, MAX_RESULTS);
  }
}

/** The made-up content of a file: its name, again and again. Everybody who shares a name shares the same bytes. */
export function contentOf({ name, size }: SharedFile): Uint8Array {
  return Buffer.alloc(size, `${name}\n`, 'utf8');
}

const LEAST_BYTES = 256;

/** Follows from the name, so that the same file has the same size everywhere. */
function sizeOf(name: string): number {
  let sum = 0;
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) >>> 0;
  return LEAST_BYTES + (sum % (MAX_FILE_BYTES - LEAST_BYTES));
}
