import { isLoopbackIp, ipOf, parseAddress } from '../core/address.ts';
import { parseIp } from '../core/ip-number.ts';
import { prefixAt, prefixText } from '../core/ip-prefix.ts';
import { surpriseOfMore, surpriseOfMoreThan } from '../statistics/unlikely.ts';
import type { Topology } from '../topology/topology.ts';
import { percent, shareText, type AuditFinding } from './audit-finding.ts';

/** The ids of a topology that are addresses (`192.0.2.1:6346`), by host and by network; loopback is a simulation, and left out. */
export interface AddressView {
  /** Peers whose id is an address. */
  readonly peers: number;
  /** Peers by host (address without port), and by network: /24, or /64 of IPv6. */
  readonly hosts: ReadonlyMap<string, number>;
  readonly nets: ReadonlyMap<string, NetCount>;
  /** The network of each peer, empty where its id is no address. */
  readonly netOf: readonly string[];
}

interface NetCount {
  peers: number;
  hosts: number;
}

/** Ids that are looked at before it is taken for granted that none is an address. */
const TRIED = 1000;

/** Undefined where ids are no addresses. O(n). */
export function addressView({ ids }: Topology): AddressView | undefined {
  if (!ids.slice(0, TRIED).some((id) => parseAddress(id) !== undefined)) return undefined;
  const hosts = new Map<string, number>();
  const nets = new Map<string, NetCount>();
  let peers = 0;
  const netOf = ids.map((id) => {
    const address = parseAddress(id);
    const host = address === undefined ? undefined : ipOf(address);
    if (host === undefined || isLoopbackIp(host)) return '';
    peers += 1;
    const before = hosts.get(host) ?? 0;
    hosts.set(host, before + 1);
    const net = netText(host);
    const count = nets.get(net) ?? { peers: 0, hosts: 0 };
    nets.set(net, count);
    count.peers += 1;
    if (before === 0) count.hosts += 1;
    return net;
  });
  return peers === 0 ? undefined : { peers, hosts, nets, netOf };
}

function netText(host: string): string {
  const ip = parseIp(host);
  return ip === undefined ? host : prefixText(prefixAt(ip, typeof ip === 'bigint' ? 64 : 24));
}

/** Fewer peers than this at shared addresses, and a smaller share, are the usual households. */
const LEAST_SHARED = 5;
const LEAST_SHARE = 0.01;
const WARN = 0.1;

/** Peers at one address with several ports: households behind one router, one peer that was seen twice, or somebody with many. */
export function duplicateIdentities({ peers, hosts }: AddressView): AuditFinding | undefined {
  let [shared, most, mostHost] = [0, 0, ''];
  for (const [host, count] of hosts) {
    if (count > 1) shared += count;
    if (count > most) [most, mostHost] = [count, host];
  }
  const share = shared / peers;
  if (shared < LEAST_SHARED || share < LEAST_SHARE) return undefined;
  return {
    id: 'duplicate-identities',
    severity: share >= WARN ? 'warning' : 'note',
    evidence: `${shareText(shared, peers)} of the peers with an address share it with another port; most at ${mostHost}: ${most} peers.`,
    meaning:
      'They may be households behind one router, one peer that came back under another port and was counted twice, or many peers of one owner. If they are one, there are fewer peers than this topology says.',
    degreeFit: 'One peer under two ids has its links split between them: low degrees are too many.',
    numbers: { peers, shared, share, most },
  };
}

const LEAST_HOSTS = 16;
/** Networks differ in size by nature: so much more than the mean is usual. */
const UNEVEN = 4;
const SURPRISE = Math.log(1e9);
const LEAST_INSIDE = 0.1;

/**
 * Networks with far more peers than others: 16 hosts or more, and more than chance gives to a network four times as full as the mean
 * one less often than once in a thousand million times. O(n + links).
 */
export function addressBlocks(
  { peers, hosts, nets, netOf }: AddressView,
  { simple }: Topology,
): AuditFinding | undefined {
  const mean = hosts.size / nets.size;
  const crowded = new Map(
    [...nets].filter(
      ([, count]) => count.hosts >= LEAST_HOSTS && surpriseOfMoreThan(UNEVEN * mean, count.hosts) >= SURPRISE,
    ),
  );
  if (crowded.size === 0) return undefined;
  const [largestNet, largest] = [...crowded].reduce((a, b) => (b[1].hosts > a[1].hosts ? b : a));
  const inside = [...crowded.values()].reduce((sum, count) => sum + count.peers, 0);
  let [links, within, expected] = [0, 0, 0];
  netOf.forEach((net, peer) => {
    const count = crowded.get(net);
    if (count === undefined) return;
    for (let k = simple.offsets[peer]!; k < simple.offsets[peer + 1]!; k++) {
      links += 1;
      expected += count.peers / netOf.length;
      if (netOf[simple.targets[k]!] === net) within += 1;
    }
  });
  const isInsular =
    within >= LEAST_INSIDE * links &&
    surpriseOfMore(within, links, links === 0 ? 0 : expected / links) >= SURPRISE;
  const share = inside / peers;
  return {
    id: 'address-blocks',
    severity: isInsular ? 'serious' : share >= WARN ? 'warning' : 'note',
    evidence: `${crowded.size} networks hold ${shareText(inside, peers)} of the peers with an address; most in ${largestNet}: ${largest.hosts} hosts, where the mean is ${mean.toFixed(1)}.${links === 0 ? '' : ` ${percent(within / links)} of their links stay within one of them, by chance ${percent(expected / links)}.`}`,
    meaning: isInsular
      ? 'So look many peers that one owner runs at few addresses, linked to each other to fill the lists of others. Or the overlay is a laboratory’s.'
      : 'A provider with many users, a laboratory, or many peers of one owner: what is said of peers is said of these in particular.',
    degreeFit: isInsular ? 'Their degrees are what their owner chose: fit without them too.' : null,
    numbers: { networks: crowded.size, peers: inside, share, within: links === 0 ? 0 : within / links },
  };
}
