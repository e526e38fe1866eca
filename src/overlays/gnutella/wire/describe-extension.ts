import {
  decodeExtension,
  type ExtensionValue,
  SCP_IPV6_TOO,
  SCP_NO_IPV4,
  SCP_SUPERPEER_SLOTS,
  SCP_TLS,
} from './extension-value.ts';
import { contentOf, type GgepExtension } from './ggep-extension.ts';
import { guidText } from './guid.ts';
import { shownText } from './text.ts';

/** What an extension says, in words for a person; what is wrong with it where it says nothing. */
export function describeExtension(extension: GgepExtension): string {
  const value = decodeExtension(extension);
  if (value !== undefined) return describeValue(value);
  const content = contentOf(extension);
  return content.kind === 'failed' ? `not readable: ${content.why}` : `${content.bytes.length} bytes`;
}

function describeValue(value: ExtensionValue): string {
  switch (value.id) {
    case 'VC':
      return `vendor ${shownText(value.vendor)}, version ${value.version >> 4}.${value.version & 15}`;
    case 'UP':
      return `${value.freeLeafSlots} free leaf slots, ${value.freeSuperpeerSlots} free superpeer slots`;
    case 'DU':
      return `runs ${value.seconds} s on an average day`;
    case 'GUE':
      return describeGuess(value);
    case 'LOC':
      return `language ${shownText(value.locale)}`;
    case 'TLS':
      return 'accepts TLS';
    case 'I6':
      return 'speaks IPv6';
    case 'DHT':
      return `distributed hash table ${value.major}.${value.minor}, mode ${value.mode}`;
    case '6':
      return `IPv6 address ${value.ip}`;
    case 'SCP':
      return describeWanted(value.wanted);
    case 'IPP':
    case 'IPP6':
    case 'DHTIPP':
    case 'DHTIPP6':
      return `${value.hosts.length === 1 ? '1 host' : `${value.hosts.length} hosts`}: ${value.hosts.join(', ')}`;
    case 'IPP_TLS':
    case 'IPP6_TLS':
      return `hosts that accept TLS, by place: ${value.places.map((place) => place + 1).join(', ') || 'none'}`;
    case 'UDPHC':
      return value.name === '' ? 'is a UDP host cache' : `is the UDP host cache ${shownText(value.name)}`;
    case 'PHC':
      return `${value.caches.length} host caches: ${shownText(value.caches.map(({ host }) => host).join(', '))}`;
    case 'IP':
      return value.endpoint === undefined ? 'asks for its own address' : `you are ${value.endpoint}`;
    case 'QK':
      return value.key.length === 0 ? 'asks for a query key' : `query key ${guidText(value.key)}`;
    case 'UA':
      return `agent ${shownText(value.agent)}`;
  }
}

function describeGuess({ version, port }: ExtensionValue & { readonly id: 'GUE' }): string {
  if (version === undefined) return 'GUESS';
  const words = `GUESS ${version >> 4}.${version & 15}`;
  return port === undefined ? words : `${words} on port ${port}`;
}

function describeWanted(wanted: number | undefined): string {
  if (wanted === undefined) return 'wants hosts';
  const words = [
    (wanted & SCP_SUPERPEER_SLOTS) !== 0 ? 'wants hosts with superpeer slots' : 'wants hosts with leaf slots',
    ...((wanted & SCP_TLS) !== 0 ? ['speaks TLS'] : []),
    ...((wanted & SCP_IPV6_TOO) !== 0 ? ['IPv6 too'] : []),
    ...((wanted & SCP_NO_IPV4) !== 0 ? ['no IPv4'] : []),
  ];
  return words.join(', ');
}
