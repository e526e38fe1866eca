/** What the values of a column are, for formats that tell numbers and texts apart. */
export type ColumnKind = 'text' | 'number' | 'boolean';

/** One property of peers or links, as text; an empty text where it is not known. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  textOf(row: number): string;
}

/** A column that is filled as a file is read. Texts that repeat are kept once: 4 bytes a row and the distinct texts. */
export class TextColumn implements Column {
  readonly name: string;
  readonly #words = [''];
  readonly #codes = new Map([['', 0]]);
  #rows = new Uint32Array(64);

  constructor(name: string) {
    this.name = name;
  }

  set(row: number, text: string): void {
    if (text === '') return;
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#words.length;
      this.#words.push(text);
      this.#codes.set(text, code);
    }
    if (row >= this.#rows.length) {
      const longer = new Uint32Array(Math.max(row + 1, 2 * this.#rows.length));
      longer.set(this.#rows);
      this.#rows = longer;
    }
    this.#rows[row] = code;
  }

  textOf(row: number): string {
    return this.#words[this.#rows[row] ?? 0] ?? '';
  }

  /** Numbers and booleans only where their texts are the usual ones, so that nothing is lost when they are written as such. */
  get kind(): ColumnKind {
    const words = this.#words.slice(1);
    if (words.length === 0) return 'text';
    if (words.every((word) => word === 'true' || word === 'false')) return 'boolean';
    return words.every(isUsualNumber) ? 'number' : 'text';
  }

  get isEmpty(): boolean {
    return this.#words.length === 1;
  }
}

/** The columns of one table, by name, each made when its first value comes. */
export class ColumnSet {
  readonly #columns = new Map<string, TextColumn>();
  readonly #taken: ReadonlySet<string>;

  /** @param taken names that the table has for something else; a column of such a name gets a `_` behind it. */
  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  column(name: string): TextColumn {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = new TextColumn(this.#taken.has(name) ? `${name}_` : name);
    this.#columns.set(name, column);
    return column;
  }

  get filled(): readonly TextColumn[] {
    return [...this.#columns.values()].filter(({ isEmpty }) => !isEmpty);
  }
}

function isUsualNumber(text: string): boolean {
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text;
}
