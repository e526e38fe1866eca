import type { Expectation, Model, ModelOptions } from './model.ts';
import { numberedGraph, type Links } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';
import { PeerscopeError } from '../core/errors.ts';

/**
 * A grid in two dimensions without wrapping round: every peer is linked to the ones beside, above and below it. The
 * sides are as equal as can be unless the columns are given; the last row may be shorter. No chance is involved.
 */
export const grid: Model = {
  name: 'grid',
  title: 'a two-dimensional grid: every peer is linked to the ones beside, above and below it',
  options: ['columns'],
  tiers: false,
  generate: (options) => {
    const { peers } = options;
    const columns = columnsOf(options);
    const topology = numberedGraph(peers, gridLinks(peers, columns));
    const rest = peers % columns;
    const last = rest === 0 ? '' : `, the last of them with ${rest}`;
    return { topology, notes: [`${Math.ceil(peers / columns)} rows of ${columns} peers${last}.`] };
  },
  expected: (options) => {
    const { peers } = options;
    const columns = columnsOf(options);
    const links = linkCount(peers, columns);
    const source = 'by construction';
    return [
      { metric: 'links', value: links, tolerance: 0, source },
      { metric: 'meanDegree', value: (2 * links) / peers, tolerance: 1e-9, source },
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
      ...deviation(peers, columns),
    ];
  },
};

/** For a full rectangle of at least two by two: four corners of degree 2, edges of 3, all others of 4. */
function deviation(peers: number, columns: number): Expectation[] {
  const rows = peers / columns;
  if (!Number.isInteger(rows) || rows < 2 || columns < 2) return [];
  const edges = 2 * (rows - 2 + columns - 2);
  const squares = 4 * 4 + edges * 9 + (peers - 4 - edges) * 16;
  const mean = (2 * linkCount(peers, columns)) / peers;
  const value = Math.sqrt(squares / peers - mean ** 2);
  return [{ metric: 'standardDeviationDegree', value, tolerance: 1e-6, source: 'by construction' }];
}

function columnsOf({ peers, columns }: ModelOptions): number {
  requireWhole('peers', peers, 1);
  if (columns === undefined) return Math.ceil(Math.sqrt(peers));
  requireWhole('columns', columns, 1);
  if (columns <= peers) return columns;
  throw new PeerscopeError('usage', `${peers} peers do not fill ${columns} columns`);
}

/** Every peer but the first of each row has one to its left, every peer but the first row one above. */
function linkCount(peers: number, columns: number): number {
  return peers - Math.ceil(peers / columns) + peers - columns;
}

function gridLinks(peers: number, columns: number): Links {
  const sources = new Uint32Array(linkCount(peers, columns));
  const targets = new Uint32Array(sources.length);
  let count = 0;
  for (let peer = 1; peer < peers; peer++) {
    if (peer % columns !== 0) {
      sources[count] = peer;
      targets[count++] = peer - 1;
    }
    if (peer >= columns) {
      sources[count] = peer;
      targets[count++] = peer - columns;
    }
  }
  return { sources, targets };
}
