import type { SequenceChart } from '../../core/sequence.ts';
import { centralizedRun } from '../../simulate/sequences/centralized-run.ts';
import { hybridRun } from '../../simulate/sequences/hybrid-run.ts';
import { pureRun } from '../../simulate/sequences/pure-run.ts';
import type { SequenceRun } from '../../simulate/sequences/sequence-run.ts';
import { chartOf } from './chart-of.ts';
import { centralizedChecks, type Check, hybridChecks, pureChecks } from './expected-counts.ts';
import { GNUTELLA, type Heard, heardMessages, type Language, NAPSTER } from './heard-messages.ts';

/** The kinds of overlays whose routing the lecture shows, in its order. */
export const SEQUENCE_NAMES = ['centralized', 'pure', 'hybrid'] as const;
export type SequenceName = (typeof SEQUENCE_NAMES)[number];

/** How one of them is played, read and held against formulas. */
interface Script {
  readonly title: string;
  /** The title of the slide. */
  readonly slide: string;
  /** Who is there and what they do, in a sentence. */
  readonly story: string;
  /** What differs from the slide or from other programs, a sentence each. */
  readonly remarks: readonly string[];
  readonly play: () => SequenceRun;
  readonly language: Language;
  readonly check: (run: SequenceRun, heard: readonly Heard[]) => readonly Check[];
}

const SCRIPTS: Readonly<Record<SequenceName, Script>> = {
  centralized: {
    title: 'Centralized P2P routing',
    slide: 'Centralized P2P Routing',
    story:
      'A Napster server and three peers: P2 and P3 register their files, P1 registers, searches, and fetches from P2.',
    remarks: [
      'Messages and their numbers are those of Napster (napster.txt, drscholl 2000). The file goes from peer to peer by a GET of that protocol, which is not HTTP: whoever is dialled says "1", the other one GET, its name, the file and an offset.',
      'An answer is a message for each file found and one that ends them; counted as one answer, a query costs two messages.',
    ],
    play: centralizedRun,
    language: NAPSTER,
    check: centralizedChecks,
  },
  pure: {
    title: 'Pure P2P routing',
    slide: 'Pure P2P Routing',
    story:
      'Six servents of Gnutella 0.4 with seven links: P1 joins at P2, asks who is there, searches, and fetches from P6.',
    remarks: [
      'All lines have the same delay. Both ends of a link may send before they hear the other; then each drops what comes.',
      'The Ping may go four hops and ends on GUIDs that were heard before; the Query may go three and ends on its TTL.',
    ],
    play: pureRun,
    language: GNUTELLA,
    check: pureChecks,
  },
  hybrid: {
    title: 'Hybrid P2P routing',
    slide: 'Hybrid P2P Routing',
    story:
      'Three superpeers and five leaves of Gnutella 0.6: L5 and L1 register with their superpeers, L1 searches, and fetches from L5.',
    remarks: [
      'On the slide a superpeer answers for its leaf; here it passes the Query on to those leaves whose route table has all its words, as servents with query routing tables do, and the leaf answers itself.',
      'A leaf tells the words of its files when it registers: a reset of the table, then its content. L4 has a file with one of the two words, and is spared.',
    ],
    play: hybridRun,
    language: GNUTELLA,
    check: hybridChecks,
  },
};

/** A sequence that was played: its chart, all that was heard, and how that compares with formulas. */
export interface PlayedSequence extends Pick<Script, 'title' | 'slide' | 'story' | 'remarks'> {
  readonly name: SequenceName;
  readonly chart: SequenceChart;
  /** All messages since the chart begins, upkeep too. */
  readonly heard: readonly Heard[];
  readonly begin: number;
  readonly checks: readonly Check[];
}

/** Plays a sequence in virtual time, and reads what crossed the lines. The same every time. */
export function playSequence(name: SequenceName): PlayedSequence {
  const { play, language, check, title, slide, story, remarks } = SCRIPTS[name];
  const run = play();
  const heard = heardMessages(run, language).filter(({ sentAt }) => sentAt >= run.begin);
  const chart = chartOf(title, run, heard);
  return { name, title, slide, story, remarks, chart, heard, begin: run.begin, checks: check(run, heard) };
}
