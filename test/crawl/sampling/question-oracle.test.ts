import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../../src/core/address-book.ts';
import type { Transport, Visit } from '../../../src/core/visit.ts';
import { estimatesOf } from '../../../src/crawl/sampling/estimates.ts';
import { questionOracle } from '../../../src/crawl/sampling/question-oracle.ts';
import { gnutella } from '../../../src/overlays/gnutella/gnutella.ts';
import { createRandom } from '../../../src/core/random.ts';
import { address, listing, visit } from '../../support/visits.ts';
import { virtually } from '../../simulate/support.ts';
import { sampleOf } from './support.ts';

const question = gnutella.question;
const going = new AbortController().signal;

function oracleOver(transport: Transport, options: Partial<Parameters<typeof questionOracle>[0]> = {}) {
  const book = options.book ?? new AddressBook();
  const visits: Visit[] = [];
  const onVisit = (one: Visit): number => visits.push(one);
  return {
    book,
    visits,
    oracle: questionOracle({ question, transport, book, signal: going, onVisit, ...options }),
  };
}

const answering = (answer: (endpoint: ReturnType<typeof address>) => Visit | 'exhausted'): Transport => ({
  converse: async (endpoint) => {
    await Promise.resolve();
    return answer(endpoint);
  },
});

describe('peers asked over their protocol', () => {
  it('list connections and leaves apart, ascending, without themselves', async () => {
    const claims = listing(address(1), [3, 2, 3, 1].map(address), [5, 4].map(address));
    const { oracle, book } = oracleOver(
      answering((endpoint) => visit(endpoint, { claims, listing: 'full' })),
    );
    const self = book.add(address(1));
    const answer = await oracle.ask(self);
    if (answer.kind !== 'listed') throw new Error(answer.kind);
    expect([...answer.neighbours]).toEqual([2, 3].map((n) => book.find(address(n))).sort());
    expect(new Set(answer.leaves)).toEqual(new Set([4, 5].map((n) => book.find(address(n)))));
    expect(answer).toMatchObject({ role: 'superpeer', tellsLeaves: true, truncated: false });
  });

  it('have not answered where they refused, and say less where leaves cannot be told', async () => {
    const refusing = oracleOver(answering((endpoint) => visit(endpoint, { outcome: 'busy' })));
    expect(await refusing.oracle.ask(refusing.book.add(address(1)))).toEqual({ kind: 'unanswered' });
    const partly = oracleOver(
      answering((endpoint) => visit(endpoint, { outcome: 'partial', listing: 'connections' })),
    );
    const answer = await partly.oracle.ask(partly.book.add(address(1)));
    expect(answer).toMatchObject({ kind: 'listed', tellsLeaves: false, truncated: true });
  });

  it('are asked again where the machine had no means, once somebody has ended', async () => {
    let busy = true;
    const transport = answering((endpoint) => {
      if (endpoint === address(1)) busy = false;
      return busy ? 'exhausted' : visit(endpoint);
    });
    const { oracle, book } = oracleOver(transport);
    const [second, first] = [book.add(address(2)), book.add(address(1))];
    expect(await Promise.all([oracle.ask(second), oracle.ask(first)])).toMatchObject([
      { kind: 'listed' },
      { kind: 'listed' },
    ]);
    const poor = oracleOver(answering(() => 'exhausted'));
    await expect((async () => poor.oracle.ask(poor.book.add(address(1))))()).rejects.toThrow('no means');
  });

  it('are not asked when it was stopped, nor when too many addresses are known', async () => {
    const full = oracleOver(answering(visit), { maxKnown: 1 });
    full.book.add(address(2));
    expect(await full.oracle.ask(full.book.add(address(1)))).toEqual({ kind: 'stopped' });
    const stop = new AbortController();
    const late = oracleOver(
      answering((endpoint) => {
        stop.abort();
        return visit(endpoint);
      }),
      { signal: stop.signal },
    );
    expect(await late.oracle.ask(late.book.add(address(1)))).toEqual({ kind: 'stopped' });
    expect(late.visits).toEqual([]);
  });

  it('of an overlay in virtual time give the estimates that its truth has, silent ones or not', async () => {
    const shape = { model: 'two-tier', peers: 4_000, superpeerDegree: 10, superpeerDegreeCap: 16 };
    const simulation = virtually({ silent: 0.2 }, { ...shape, superpeersPerLeaf: { least: 1, most: 3 } });
    const { oracle, book, visits } = oracleOver(simulation.network);
    const sample = await sampleOf(oracle, {
      bootstrap: [book.add(simulation.bootstrap)],
      contacts: 450,
      leafShare: 0.3,
      random: createRandom(2),
    });
    expect(sample.ending).toBe('contacts');
    expect(visits).toHaveLength(450);
    expect(new Set(visits.map(({ endpoint }) => endpoint)).size).toBe(450);
    const { superpeerShare, unansweredShare } = estimatesOf(sample, createRandom(2));
    expect(superpeerShare?.interval[0]).toBeLessThan(0.15);
    expect(superpeerShare?.interval[1]).toBeGreaterThan(0.15);
    expect(unansweredShare?.value).toBeGreaterThan(0.1);
    expect(unansweredShare?.value).toBeLessThan(0.3);
  });
});
