/** One field that a decoder read: where it stands, its bytes, and what it means. */
export interface Field {
  readonly name: string;
  /** Bytes before it, in whatever it was read from: the message, or the inflated part of one. */
  readonly offset: number;
  /** Its bytes; those of a group are those of its parts. */
  readonly bytes: Uint8Array;
  /** As a number or a text, where it is one. */
  readonly value: number | string | undefined;
  /** In words: `Pong`, `255 free leaf slots`. */
  readonly meaning: string | undefined;
  /** How many groups it is in. */
  readonly depth: number;
}

/** BOUNDED: fields kept of one message; only a made-up message has more, and it is shown to a person. */
export const MAX_TRACED_FIELDS = 20_000;

/** The fields of one message in the order of its bytes, each group before its parts. */
export class FieldTrace {
  readonly #fields: Field[] = [];
  readonly #open: number[] = [];

  get fields(): readonly Field[] {
    return this.#fields;
  }

  add(field: Pick<Field, 'name' | 'offset' | 'bytes'> & Partial<Field>): void {
    if (this.#fields.length >= MAX_TRACED_FIELDS) return;
    this.#fields.push({ value: undefined, meaning: undefined, depth: this.#open.length, ...field });
  }

  /** Says what the last field means. */
  explain(meaning: string | undefined): void {
    this.#change(this.#fields.length - 1, { meaning });
  }

  open(name: string, offset: number, source: Uint8Array): void {
    this.add({ name, offset, bytes: source.subarray(offset, offset) });
    this.#open.push(this.#fields.length - 1);
  }

  close(end: number, source: Uint8Array, meaning: string | undefined): void {
    const group = this.#open.pop();
    const field = group === undefined ? undefined : this.#fields[group];
    if (group === undefined || field === undefined) return;
    this.#change(group, { bytes: source.subarray(field.offset, end), meaning });
  }

  mark(): readonly [count: number, depth: number] {
    return [this.#fields.length, this.#open.length];
  }

  rewind(mark: readonly [count: number, depth: number] | undefined): void {
    if (mark === undefined) return;
    this.#fields.length = mark[0];
    this.#open.length = mark[1];
  }

  #change(index: number, change: Partial<Field>): void {
    const field = this.#fields[index];
    if (field !== undefined) this.#fields[index] = { ...field, ...change };
  }
}
