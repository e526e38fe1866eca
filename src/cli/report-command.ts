import { kebabCase, type RawArguments } from './arguments.ts';
import { modelOptions } from './option-lists.ts';

/** What a page depends on; neither where it is put, nor how many threads make it. */
const TELLING = [
  'title',
  'only',
  'all',
  'force',
  'directed',
  'source',
  'target',
  'places',
  'address-table',
  ...Object.keys(modelOptions),
];

/** The command line that makes the same page, for a shell. */
export function reportCommand(inputs: readonly string[], seed: number, raw: RawArguments): string {
  const given = new Map(Object.entries(raw).map(([key, value]) => [kebabCase(key), value]));
  const options = TELLING.flatMap((name) => {
    const value = given.get(name);
    if (value === undefined || (value === false && name !== 'directed')) return [];
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
    return typeof value === 'string' ? [`--${name}`, quoted(value)] : [];
  });
  return ['peerscope report', ...inputs.map(quoted), ...options, `--seed ${seed}`, '--out report.html'].join(
    ' ',
  );
}

const PLAIN = /^[\w@%+=:,./-]+$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
