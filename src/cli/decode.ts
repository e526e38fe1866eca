import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { NO_PART_ADDRESSES } from '../overlays/explanation.ts';
import type { Overlay } from '../overlays/overlay.ts';
import { FORMATS } from '../reports/format.ts';
import { formatDecoded, type CapturedPart } from '../reports/decode-report.ts';
import { flag, oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import { captureName, hexLines, readCapture, type HexLine } from './capture.ts';
import type { CliContext } from './context.ts';
import { overlayArgument } from './overlay-argument.ts';
import { print } from './print.ts';

const schema = z.object({
  file: text,
  hex: flag.default(false),
  network: text.default('gnutella'),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Tells what captured bytes say. All that can be read is printed, then what could not is an error. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { file, hex, network, format } = parseArguments(schema, raw);
  const { explain } = overlayArgument(network);
  const capture = await readCapture(file, context.stdin);
  const troubles = new Troubles();
  const parts = troubles.watch(hex ? partsOfLines(capture, explain) : partsOf(capture, explain));
  await print(context, format, (...how) => formatDecoded(file, parts, ...how));
  if (troubles.read === 0) throw new PeerscopeError('bad-input', `${captureName(file)} holds no messages`);
  const { first } = troubles;
  if (first === undefined) return EXIT_CODES.ok;
  const hint = hex ? hintForHex(first) : hintForBytes(capture);
  throw new PeerscopeError(
    'bad-input',
    troubles.sentence(captureName(file), first),
    hint === undefined ? {} : { hint },
  );
}

type Explain = Overlay['explain'];

function* partsOf(bytes: Uint8Array, explain: Explain): Generator<CapturedPart, void, undefined> {
  for (const part of explain(bytes)) yield { part };
}

function* partsOfLines(capture: Buffer, explain: Explain): Generator<CapturedPart, void, undefined> {
  for (const hexLine of hexLines(capture)) {
    const { number: line, bytes } = hexLine;
    if (bytes === undefined) yield { part: noHex(hexLine), line };
    else for (const part of explain(bytes)) yield { part, line };
  }
}

function noHex({ text: line, problem = '' }: HexLine): CapturedPart['part'] {
  const bytes = Buffer.from(line, 'latin1');
  return {
    kind: 'malformed',
    offset: 0,
    bytes,
    inflated: false,
    layout: 'text',
    summary: `Not readable: ${problem}`,
    fields: [{ name: 'line', offset: 0, bytes, value: undefined, meaning: 'no hex', depth: 0 }],
    addresses: NO_PART_ADDRESSES,
    problem,
    content: { why: 'no-hex' },
  };
}

/** Counts what could not be read on its way to the output. */
class Troubles {
  read = 0;
  first: CapturedPart | undefined;
  /** Lines, or pieces of raw bytes. */
  readonly #all = new Set<number>();
  readonly #bad = new Set<number>();

  *watch(parts: Iterable<CapturedPart>): Generator<CapturedPart, void, undefined> {
    for (const captured of parts) {
      this.read += 1;
      const unit = captured.line ?? this.read;
      this.#all.add(unit);
      if (captured.part.problem !== undefined) {
        this.first ??= captured;
        this.#bad.add(unit);
      }
      yield captured;
    }
  }

  /** Where the first one is, why, and how many there are. */
  sentence(name: string, { line, part }: CapturedPart): string {
    const place = line === undefined ? name : `line ${line} of ${name}`;
    const offset = `${part.inflated ? 'inflated ' : ''}offset ${part.offset}`;
    const units = line === undefined ? 'pieces' : 'lines';
    const more = this.#bad.size > 1 ? ` (in all ${this.#bad.size} of ${this.#all.size} ${units})` : '';
    return `${place} does not decode at ${offset}${more}: ${part.problem ?? ''}`;
  }
}

function hintForHex({ part }: CapturedPart): string | undefined {
  return part.layout === 'text' && part.offset === 0
    ? 'With --hex each line is one message in hex digits; without it a file is taken as the bytes themselves.'
    : undefined;
}

/** Bytes at the beginning of a capture that tell what it is. */
const HEAD_BYTES = 64;

function hintForBytes(capture: Buffer): string | undefined {
  const head = capture.toString('latin1', 0, HEAD_BYTES);
  if (head.startsWith('#')) return 'It begins like a file with comments: is it one for --hex?';
  return /^[0-9a-f\s]{2,}$/i.test(head) ? 'It looks like hex digits: try --hex.' : undefined;
}
