import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ipOf, portOf, type Address } from '../../src/core/address.ts';
import { createRandom } from '../../src/core/random.ts';
import { crawlOverlay } from '../support/crawl-overlay.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { udpCrawlerPing } from '../../src/overlays/gnutella/udp-crawler.ts';
import { openLiveLoopback, type LoopbackLiveOverlay } from '../../src/simulate/live-loopback.ts';
import { stateOf } from '../../src/simulate/live-overlay.ts';
import { givenNodes, selfOrganisedNodes } from '../../src/simulate/live-population.ts';
import { liveTruth } from '../../src/simulate/live-truth.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import { modelNamed } from './support.ts';

const isLinux = process.platform === 'linux';

const open: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function place(peers: number): Promise<LoopbackLiveOverlay> {
  const overlay = await openLiveLoopback({ peers, port: 0, now: Date.now });
  open.push(() => overlay.close());
  return overlay;
}

/** Looks again and again, until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Waits until connections neither come nor go any more. */
async function settled(overlay: LoopbackLiveOverlay): Promise<void> {
  for (let last = -1; last !== stateOf(overlay).connections;) {
    last = stateOf(overlay).connections;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

function transport() {
  const sockets = createSocketTransport({
    connectTimeout: 2_000,
    answerTimeout: 5_000,
    now: Date.now,
    monotonic: () => performance.now(),
  });
  open.push(() => {
    sockets.close();
  });
  return sockets;
}

function files(overlay: LoopbackLiveOverlay, seed: number) {
  const { addressOf } = overlay;
  return { addressOf, random: createRandom(seed), files: { perPeer: 5, catalogue: 100 }, downloads: true };
}

function linksOf({ links }: ReturnType<typeof liveTruth>): string[] {
  return [...links].map(({ source, target, relation }) => `${source} ${target} ${relation}`);
}

describe.skipIf(!isLinux)('live nodes on sockets (skipped where 127.0.0.0/8 is not routed)', () => {
  it('hold the links of a model, and a crawl over TCP finds exactly these', async () => {
    const overlay = await place(40);
    const model = modelNamed('two-tier');
    const options = { ...DEFAULT_MODEL_OPTIONS, peers: 40, superpeerDegree: 4, superpeerShare: 0.25 };
    const { topology } = model.generate(options, createRandom(1));
    for (const node of givenNodes(topology, model.tiers, files(overlay, 1))) overlay.add(node);
    await until(() => stateOf(overlay).connections === topology.linkCount);
    const truth = linksOf(liveTruth(overlay));
    expect(truth).toHaveLength(topology.linkCount);

    const bootstrap = overlay.addressOf(0);
    const fold = new Fold([bootstrap]);
    const crawling = crawlOverlay({
      bootstrap: [bootstrap],
      question: gnutella.question,
      transport: transport(),
      concurrency: 8,
      contactLeaves: false,
      signal: new AbortController().signal,
    });
    for await (const batch of crawling) for (const visit of batch) fold.add(visit);
    expect(linksOf(fold.tables())).toEqual(truth);
  });

  it('find each other, answer a crawler by datagram from their table, and fetch what they find', async () => {
    const overlay = await place(12);
    const nodes = selfOrganisedNodes(12, 0.3, files(overlay, 2));
    for (const node of nodes) overlay.add(node);
    await until(() => stateOf(overlay).undecided === 0);
    await settled(overlay);

    const wellKnown = overlay.addressOf(0);
    const visit = await transport().converse(wellKnown, udpCrawlerPing.ask(wellKnown));
    if (visit === 'exhausted') throw new Error('no means for a datagram');
    const listed = visit.claims.links.flatMap(({ sources, targets }) => [...sources, ...targets]);
    const neighbours =
      overlay
        .at(wellKnown)
        ?.neighbours()
        .map(({ address }) => address) ?? [];
    expect(new Set(listed.filter((address) => address !== wellKnown))).toEqual(new Set(neighbours));

    const holder = nodes.find(({ address }) => address === neighbours[0]);
    overlay.search(wellKnown, holder?.files?.[0] ?? '');
    await until(() => overlay.tally.transferred > 0);
    expect(overlay.tally.transfers[0]).toMatchObject({ receiver: wellKnown, name: holder?.files?.[0] });
  });

  it('end a connection on which noise comes, and go on', async () => {
    const overlay = await place(1);
    for (const node of selfOrganisedNodes(1, 1, files(overlay, 3))) overlay.add(node);
    const address: Address = overlay.addressOf(0);
    const socket = connect({ host: ipOf(address), port: portOf(address) });
    socket.on('error', () => undefined);
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.resume();
    socket.write(Buffer.from('\x16\x03\x01\x02\x00 this is no greeting'));
    await ended;
    expect(overlay.nodes()).toHaveLength(1);
  });

  it('give nobody more time to close who keeps sending, and do not wait for it when they end', async () => {
    const overlay = await openLiveLoopback({ peers: 1, port: 0, now: Date.now });
    for (const node of selfOrganisedNodes(1, 1, files(overlay, 3))) overlay.add(node);
    const sender = (): { readonly hungUp: Promise<unknown>; readonly closed: Promise<unknown> } => {
      const address = overlay.addressOf(0);
      const socket = connect({ host: ipOf(address), port: portOf(address), allowHalfOpen: true });
      const sending = setInterval(() => socket.write('x'), 100);
      const hungUp = new Promise((resolve) => socket.on('end', resolve));
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(sending);
      });
      socket.resume();
      socket.write('GARBAGE\r\n\r\n');
      return { hungUp, closed };
    };
    const first = sender();
    await first.hungUp;
    await first.closed;
    const second = sender();
    await second.hungUp;
    await overlay.close();
    await second.closed;
  }, 15_000);

  it('lose one connection where a node fails over what comes on it, and count that', async () => {
    const overlay = await place(2);
    const [first, second] = selfOrganisedNodes(2, 1, files(overlay, 3));
    for (const node of [first, second]) if (node !== undefined) overlay.add(node);
    await until(() => stateOf(overlay).connections === 1);
    const node = overlay.at(overlay.addressOf(0));
    if (node === undefined) throw new RangeError('nobody is there');
    const received = node.received.bind(node);
    node.received = (now, connection, bytes) => {
      if (Buffer.from(bytes).includes('a defect')) throw new RangeError('a defect');
      return received(now, connection, bytes);
    };
    const address = overlay.addressOf(0);
    const socket = connect({ host: ipOf(address), port: portOf(address) });
    socket.on('error', () => undefined);
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.resume();
    socket.write('a defect\r\n');
    await ended;
    expect(overlay.faults).toBe(1);
    expect(overlay.lastFault).toBe('RangeError "a defect"');
    expect(stateOf(overlay).connections).toBe(1);
    expect(overlay.withoutFile).toBe(0);
  });
});
