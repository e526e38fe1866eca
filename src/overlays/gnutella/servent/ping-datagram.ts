import type { Address } from '../../../core/address.ts';
import type { GgepExtension } from '../wire/ggep-extension.ts';
import { endpointOf } from '../wire/endpoint.ts';
import { extensionValue, type ExtensionValue, SCP_IPV6_TOO, SCP_NO_IPV4 } from '../wire/extension-value.ts';
import type { Guid } from '../wire/guid.ts';
import { PACKED_HOSTS_SENT } from '../wire/packed-hosts.ts';
import { ownPong, type Self } from './pongs.ts';
import { toldNeighbours } from './told-neighbours.ts';

/**
 * The answer to a Ping by datagram, whatever its TTL: the servent's own Pong, with the superpeers that it is connected to
 * where hosts are asked for (SCP). Not answered: GUESS keys (QK), for which it would have to search; DHT hosts, of which
 * it has none; and the asker's own address (IP), of which it does not learn the port.
 */
export function answerPing(
  self: Self,
  remoteIp: string,
  { guid, extensions }: { readonly guid: Guid; readonly extensions: readonly GgepExtension[] },
): Uint8Array {
  const scp = extensionValue(extensions, 'SCP');
  if (scp === undefined) return ownPong(guid, self);
  const wanted = scp.wanted ?? 0;
  const { peers } = toldNeighbours(self.state, remoteIp, PACKED_HOSTS_SENT);
  const ipv4 = (wanted & SCP_NO_IPV4) !== 0 ? [] : hosts(peers, false);
  const ipv6 = (wanted & SCP_IPV6_TOO) === 0 ? [] : hosts(peers, true);
  const more: ExtensionValue[] = [];
  if (ipv4.length > 0) more.push({ id: 'IPP', hosts: ipv4 });
  if (ipv6.length > 0) more.push({ id: 'IPP6', hosts: ipv6 });
  return ownPong(guid, self, more);
}

function hosts(peers: readonly Address[], ipv6: boolean) {
  return peers
    .filter((peer) => peer.startsWith('[') === ipv6)
    .slice(0, PACKED_HOSTS_SENT)
    .map(endpointOf);
}
