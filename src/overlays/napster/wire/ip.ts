/**
 * An IPv4 address as the protocol writes it: a decimal number whose lowest byte is the first octet, as a program on a
 * little-endian machine prints the four bytes of the socket. Undefined for what is no IPv4 address.
 */
export function ipNumber(ip: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(ip)) return undefined;
  const octets = ip.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets.reduceRight((number, octet) => number * 256 + octet, 0);
}

export function ipOfNumber(number: number): string {
  return [0, 8, 16, 24].map((shift) => (number >>> shift) & 255).join('.');
}
