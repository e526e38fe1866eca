// Seeded mutations of small files, for the fuzz test and for bench/fuzz-formats.js; plain JavaScript, since both run it.

/** What readers of text and of bytes look at: digits, quotes, brackets, separators; ends of numbers of all lengths. */
const TELLING = [
  ...Buffer.from('\0\t\n\r "#*,-./0139:;<=>[\\]{}\x7f', 'latin1'),
  0x80,
  0xc3,
  0xef,
  0xfe,
  0xff,
];

/**
 * A file with one change, or up to four: bytes, bits, cuts, pieces twice, runs of one byte, a number made large.
 * @param {Uint8Array} file @param {() => number} random @returns {Uint8Array}
 */
export function mutateFile(file, random) {
  let bytes = Uint8Array.from(file);
  for (let changes = random() % 2 ? 1 : 1 + (random() % 4); changes > 0; changes--)
    bytes = change(bytes, random);
  return bytes;
}

function change(bytes, random) {
  if (bytes.length === 0) return Uint8Array.of(random());
  const at = random() % bytes.length;
  const to = Math.min(bytes.length, at + 1 + (random() % 24));
  switch (random() % 16) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(to));
    case 3:
    case 4:
      return joined(bytes.subarray(0, to), bytes.subarray(at));
    case 5:
      return bytes.fill(TELLING[random() % TELLING.length], at, to);
    case 6:
      return joined(bytes.subarray(0, at), Buffer.from('99999999999'), bytes.subarray(at));
    case 7:
      return joined(bytes.subarray(0, at), bytes.subarray(0, to), bytes.subarray(at));
    case 8:
    case 9:
    case 10:
      bytes[at] ^= 1 << (random() % 8);
      return bytes;
    case 11:
    case 12:
      bytes[at] = random();
      return bytes;
    default:
      bytes[at] = TELLING[random() % TELLING.length];
      return bytes;
  }
}

function joined(...parts) {
  return Uint8Array.from(Buffer.concat(parts));
}

/**
 * What is wrong with how a reading failed, if something is: an error for a person is one clear sentence of the right kind.
 * @param {unknown} error @returns {string | undefined}
 */
export function wrongWith(error) {
  if (!(error instanceof Error) || error.name !== 'PeerscopeError') return 'is no error for a person';
  if (error.kind !== 'bad-input') return `is of the kind ${error.kind}`;
  if (/\n|undefined|NaN|\[object|TypeError|is not a function/.test(error.message)) return 'is not clear';
  return error.message.length < 600 ? undefined : 'is too long';
}
