/** Where TTL and hops stand in a descriptor. */
const TTL_AT = 17;
const HOPS_AT = 18;

/**
 * The same descriptor one hop further: one less to go, one more gone; undefined where its TTL is used up.
 * @param mostHops it may go in all; a TTL that would take it further is cut.
 */
export function forwarded(descriptor: Uint8Array, mostHops: number): Uint8Array | undefined {
  const hops = (descriptor[HOPS_AT] ?? 0) + 1;
  const ttl = Math.min((descriptor[TTL_AT] ?? 0) - 1, mostHops - hops);
  if (ttl < 1) return undefined;
  const copy = Uint8Array.from(descriptor);
  copy[TTL_AT] = ttl;
  copy[HOPS_AT] = hops;
  return copy;
}
