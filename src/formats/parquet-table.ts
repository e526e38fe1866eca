import { PeerscopeError } from '../core/errors.ts';
import { MAX_PARQUET_BYTES } from '../core/limits.ts';
import type { ByteInput } from './bytes.ts';
import type { ParquetContents, ParquetTexts } from './parquet-answers.ts';
import { ParquetProcess, UndecodedParquet, type UnpackingBounds } from './parquet-process.ts';

/** The cells of a row: null for no value, undefined for what is no single value. */
export type ParquetCells = readonly ParquetTexts[number][];

/** A Parquet file that is being read. */
export interface ParquetTable {
  readonly columns: readonly string[];
  readonly metadata: ReadonlyMap<string, string | undefined>;
  /** Goes through some columns of all rows. */
  rows(columns: readonly string[], take: (cells: ParquetCells, row: number) => void): Promise<void>;
  /** Ends the process that reads it. */
  close(): void;
}

/**
 * O(bytes) of memory.
 * @param bounds what unpacking may take [by the size of the file]
 * @throws {PeerscopeError} (bad-input) that says what is wrong with the file, here and in `rows`.
 */
export async function openParquet(input: ByteInput, bounds?: UnpackingBounds): Promise<ParquetTable> {
  const bytes = await readAll(input);
  refuseOthers(bytes, input.name);
  const decoder = new ParquetProcess(input.name, bytes, bounds);
  const answer = async <Answer>(): Promise<Answer> => {
    try {
      return (await decoder.answer()) as Answer;
    } catch (error) {
      throw error instanceof UndecodedParquet ? explained(error, input.name) : error;
    }
  };
  try {
    const { columns, metadata, groups } = await answer<ParquetContents>();
    return {
      columns,
      metadata: new Map(metadata),
      rows: async (wanted, take) => {
        const ask = (group: number): void => {
          for (const column of wanted) decoder.ask({ group, column });
        };
        let first = 0;
        if (groups.length > 0) ask(0);
        for (const [group, rows] of groups.entries()) {
          const columns: ParquetTexts[] = [];
          while (columns.length < wanted.length) columns.push(await answer<ParquetTexts>());
          // It is decoded while the rows of this one are taken.
          if (group + 1 < groups.length) ask(group + 1);
          for (let row = 0; row < rows; row++) {
            take(
              columns.map((texts) => texts[row]),
              first + row,
            );
          }
          first += rows;
        }
      },
      close: () => {
        decoder.end();
      },
    };
  } catch (error) {
    decoder.end();
    throw error;
  }
}

async function readAll({ name, chunks }: ByteInput): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_PARQUET_BYTES) {
      throw new PeerscopeError(
        'bad-input',
        `${name} has more than ${MAX_PARQUET_BYTES} bytes, beyond which Parquet is not read`,
        { hint: 'Cut it into several files, or write it as CSV, which has no such bound.' },
      );
    }
    pieces.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(pieces);
}

/** No process is needed to see that. */
function refuseOthers(bytes: Uint8Array, name: string): void {
  const [begins, ends] = [bytes.subarray(0, 4), bytes.subarray(-4)].map((part) => MAGIC.equals(part));
  if (begins !== true) {
    throw new PeerscopeError('bad-input', `${name} is no Parquet file: it does not begin with PAR1`);
  }
  if (ends !== true) {
    throw new PeerscopeError('bad-input', `${name} is cut off: a Parquet file ends with PAR1`);
  }
}

const MAGIC = Buffer.from('PAR1');

function explained(error: UndecodedParquet, name: string): PeerscopeError {
  // A number that stands for no compression comes as undefined: the file is damaged.
  const codec = /unsupported compression codec: (?!undefined)(\w+)/.exec(error.message)?.[1];
  if (codec === 'ZSTD') {
    return new PeerscopeError(
      'bad-input',
      `${name} is compressed with ZSTD, which this Node does not unpack`,
      {
        hint: 'Use Node 22.15 or newer, or write it with the compression snappy, gzip, brotli or none.',
      },
    );
  }
  if (codec !== undefined) {
    return new PeerscopeError('bad-input', `${name} is compressed with ${codec}, which is not read`, {
      hint: 'Write it with the compression snappy, gzip, brotli, zstd or none.',
    });
  }
  const what = error.isClear ? error.message : 'its bytes do not make sense as Parquet';
  return new PeerscopeError('bad-input', `${name} is damaged: ${what}`, { cause: error });
}
