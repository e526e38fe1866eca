// Seeded mutations of messages, for the fuzz test and for bench/fuzz-decoders.js; plain JavaScript, since both run it.

/** @param {number} seed @returns {() => number} whole numbers below 2^32 (xorshift, Marsaglia 2003) */
export function fastRandom(seed) {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Bytes that decoders look at: ends, separators, magics, all bits. */
const TELLING = [
  0x00, 0x01, 0x0f, 0x10, 0x1c, 0x1f, 0x3f, 0x40, 0x7f, 0x80, 0xc3, 0xff, 0x30, 0x31, 0x78, 0x81,
];

/**
 * A message of `corpus` with one to eight changes; in two of three its header says the right length again, so that the
 * payload is looked into.
 * @param {readonly Uint8Array[]} corpus @param {() => number} random @returns {Uint8Array}
 */
export function mutate(corpus, random) {
  let bytes = Uint8Array.from(corpus[random() % corpus.length]);
  for (let changes = 1 + (random() % 8); changes > 0; changes--) bytes = change(bytes, corpus, random);
  if (bytes.length >= 23 && random() % 3 !== 0)
    new DataView(bytes.buffer).setUint32(19, bytes.length - 23, true);
  return bytes;
}

function change(bytes, corpus, random) {
  const at = bytes.length === 0 ? 0 : random() % bytes.length;
  switch (random() % 8) {
    case 0:
      bytes[at] = random();
      return bytes;
    case 1:
      bytes[at] = TELLING[random() % TELLING.length];
      return bytes;
    case 2:
      bytes[at] ^= 1 << (random() % 8);
      return bytes;
    case 3:
      return bytes.slice(0, at);
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + (random() % 8))));
    case 5: {
      const other = corpus[random() % corpus.length];
      const from = other.length === 0 ? 0 : random() % other.length;
      return joined(bytes.subarray(0, at), other.subarray(from, from + (random() % 64)), bytes.subarray(at));
    }
    case 6:
      return joined(bytes.subarray(0, at), bytes.subarray(at, at + 32), bytes.subarray(at));
    default:
      if (bytes.length > 17)
        bytes[16] = [0x00, 0x01, 0x02, 0x30, 0x31, 0x32, 0x40, 0x80, 0x81, 0x81][random() % 10];
      return bytes;
  }
}

/** BOUNDED: a message that has grown over many changes is cut to 4,096 bytes. */
function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.slice(0, 4096);
}
