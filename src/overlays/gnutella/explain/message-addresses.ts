import type { Address } from '../../../core/address.ts';
import { NO_PART_ADDRESSES, type PartAddresses } from '../../explanation.ts';
import { addressOf, type Endpoint } from '../wire/endpoint.ts';
import { extensionValue } from '../wire/extension-value.ts';
import type { GgepExtension } from '../wire/ggep-extension.ts';
import type { Message } from '../wire/message.ts';

/** The addresses that a message tells of. Only a crawler pong says who is a neighbour; a Pong is a mention. */
export function messageAddresses(message: Message): PartAddresses {
  switch (message.kind) {
    case 'pong':
      return mentioned([message.body.endpoint, ...packedHosts(message.body.extensions)]);
    case 'ping':
      return mentioned(packedHosts(message.body.extensions));
    case 'query-hit':
    case 'push':
      return mentioned([message.body.endpoint]);
    case 'crawler-pong': {
      const { superpeers, leaves } = message.body;
      const usable = (entries: typeof leaves) => addresses(entries.map(({ endpoint }) => endpoint));
      return { peers: usable(superpeers), leaves: usable(leaves), mentions: [] };
    }
    default:
      return NO_PART_ADDRESSES;
  }
}

/** The hosts that GGEP passes on. */
export function packedHosts(extensions: readonly GgepExtension[]): readonly Endpoint[] {
  return [
    ...(extensionValue(extensions, 'IPP')?.hosts ?? []),
    ...(extensionValue(extensions, 'IPP6')?.hosts ?? []),
  ];
}

function mentioned(endpoints: readonly Endpoint[]): PartAddresses {
  return { ...NO_PART_ADDRESSES, mentions: addresses(endpoints) };
}

function addresses(endpoints: readonly Endpoint[]): readonly Address[] {
  return [...new Set(endpoints.map(addressOf).filter((address) => address !== undefined))];
}
