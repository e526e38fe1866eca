import type { Address } from '../../core/address.ts';
import { NapsterClient } from '../../overlays/napster/client.ts';
import type { NapsterReport } from '../../overlays/napster/report.ts';
import { NapsterServer } from '../../overlays/napster/server.ts';
import { type Crossing, VirtualHosts } from '../virtual-hosts.ts';
import { type Actor, LATENCY, PAUSE, type SequenceRun, START } from './sequence-run.ts';

const SERVER: Actor = { name: 'Server', role: 'server', address: '127.1.0.1:8888' as Address };

const PEERS = [
  { name: 'P1', files: ['cedar anthem.mp3'], title: 'P1 registers' },
  { name: 'P2', files: ['amber hymn.mp3', 'ember jig.mp3'], title: 'P2 registers its files' },
  { name: 'P3', files: ['amber hymn 2.mp3'], title: 'P3 registers its file' },
] as const;

const TEXT = 'amber hymn';

/**
 * A centralized overlay: one server, three peers. Two register, with a file each that matches; a third one registers, searches, and
 * fetches the first that was found. Names of Napster's messages and their layout are those of napster.txt.
 */
export function centralizedRun(): SequenceRun {
  const crossings: Crossing[] = [];
  let transferred = 0;
  const hosts = new VirtualHosts<NapsterClient | NapsterServer, NapsterReport>({
    latency: LATENCY,
    start: START,
    onCrossing: (crossing) => crossings.push(crossing),
    onReport: (_node, report) => {
      if (report.kind === 'transfer') transferred += report.bytes;
    },
  });
  hosts.add(new NapsterServer(SERVER.address), () => []);
  const clients = PEERS.map(
    ({ name, files }, i) =>
      new NapsterClient({
        address: `127.1.0.${i + 2}:6699` as Address,
        server: SERVER.address,
        nick: name,
        files,
        downloads: true,
      }),
  );
  const steps: SequenceRun['steps'][number][] = [];
  // The one that searches comes last.
  for (const i of [1, 2, 0]) {
    const client = clients[i];
    if (client === undefined) continue;
    steps.push({ at: hosts.now(), title: PEERS[i]?.title ?? '' });
    hosts.add(client, () => client.start());
    hosts.run(PAUSE);
  }
  steps.push({ at: hosts.now(), title: 'Query: the server knows' });
  const [searcher] = clients;
  if (searcher !== undefined) hosts.tell(searcher.address, () => searcher.search(TEXT));
  hosts.run(PAUSE);
  return {
    actors: [
      SERVER,
      ...clients.map(({ address }, i): Actor => ({ name: PEERS[i]?.name ?? '', role: 'peer', address })),
    ],
    links: clients.map((_, i) => [0, i + 1] as const),
    crossings,
    begin: START,
    steps,
    search: { from: 1, text: TEXT, ttl: 1, holders: [2, 3] },
    dropped: 0,
    transferred,
  };
}
