import type { Field } from '../../../core/field-trace.ts';
import { NO_PART_ADDRESSES } from '../../explanation.ts';
import type { Part, PartProblem } from './part.ts';

/** Where a part stands. */
export interface Place {
  readonly offset: number;
  readonly inflated: boolean;
}

/** The part for bytes that could not be read. */
export function malformedPart(
  place: Place,
  bytes: Uint8Array,
  why: PartProblem,
  problem: string,
  read: { readonly fields?: readonly Field[]; readonly layout?: Part['layout'] } = {},
): Part {
  const { layout = 'binary', fields = [notRead(place.offset, bytes)] } = read;
  return {
    kind: 'malformed',
    ...place,
    bytes,
    layout,
    summary: `Not readable: ${problem}`,
    fields: bytes.length === 0 ? [] : fields,
    addresses: NO_PART_ADDRESSES,
    problem,
    content: { why },
  };
}

function notRead(offset: number, bytes: Uint8Array): Field {
  return { name: 'not read', offset, bytes, value: undefined, meaning: undefined, depth: 0 };
}
