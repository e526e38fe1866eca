import type { Column } from './columns.ts';
import type { ListedPeer } from './oracle.ts';
import type { SampleMethod } from './walk.ts';
import { stepWeight, superpeersOf } from './weights.ts';

/** Of whom a share is: the superpeers, the leaves, or all. */
export type PopulationName = 'superpeers' | 'leaves' | 'all';

/** What is asked of a peer: whether something holds of it; undefined where its answer does not tell. */
export type Trait = (peer: ListedPeer) => boolean | undefined;

/** How the share of a population that has a trait follows from the means of some columns. */
export interface ShareFormula {
  readonly columns: readonly Column[];
  readonly share: (means: readonly number[]) => number;
}

/**
 * The share of a population that has a trait, as a function of means over the steps of a walk. With w the weight of a step,
 * L the number of leaves in the list there, and k the number of superpeers of a leaf drawn from it, every draw divided by the
 * chance that it had:
 *
 * - superpeers: Σ w 1 / Σ w
 * - leaves: Σ (w L / k) 1 / Σ w L / k over draws, since a leaf is drawn in proportion to Σ 1 / L over the lists it is in
 * - all: every superpeer counts 1, and per superpeer there are Λ = (Σ w L / Σ w) (Σ w L / k / Σ w L over draws) leaves
 */
export function shareFormula(
  method: SampleMethod,
  population: PopulationName,
  traits: { readonly superpeer: Trait; readonly leaf: Trait },
): ShareFormula {
  const weight = (at: ListedPeer): number => stepWeight(method, at);
  const steps = stepColumns(weight, traits.superpeer);
  const draws = drawColumns(weight, traits.leaf);
  if (population === 'superpeers') return { columns: steps, share: ([w = 0, having = 0]) => having / w };
  if (population === 'leaves') return { columns: draws, share: ([w = 0, having = 0]) => having / w };
  return {
    columns: [...steps, ...draws, ...registrationColumns(weight)],
    share: ([
      superpeers = 0,
      having = 0,
      leaves = 0,
      leavesHaving = 0,
      told = 0,
      listed = 0,
      drawn = 0,
      distinct = 0,
    ]) => {
      const perSuperpeer = leavesPerSuperpeer(told, listed, drawn, distinct);
      if (perSuperpeer === 0) return having / superpeers;
      return (having / superpeers + perSuperpeer * (leavesHaving / leaves)) / (1 + perSuperpeer);
    },
  };
}

/** The share of the superpeers among all peers: 1 / (1 + Λ). */
export function superpeerShareFormula(method: SampleMethod): ShareFormula {
  return {
    columns: registrationColumns((at) => stepWeight(method, at)),
    share: ([told = 0, listed = 0, drawn = 0, distinct = 0]) =>
      1 / (1 + leavesPerSuperpeer(told, listed, drawn, distinct)),
  };
}

/** The least share that superpeers can have: that where every leaf has one superpeer only. */
export function leastSuperpeerShareFormula(method: SampleMethod): ShareFormula {
  return {
    columns: registrationColumns((at) => stepWeight(method, at)).slice(0, 2),
    share: ([told = 0, listed = 0]) => told / (told + listed),
  };
}

function leavesPerSuperpeer(told: number, listed: number, drawn: number, distinct: number): number {
  return listed === 0 ? 0 : (listed / told) * (distinct / drawn);
}

function stepColumns(weight: (at: ListedPeer) => number, trait: Trait): Column[] {
  return [
    { ofStep: (at) => (trait(at) === undefined ? 0 : weight(at)) },
    { ofStep: (at) => (trait(at) === true ? weight(at) : 0) },
  ];
}

function drawColumns(weight: (at: ListedPeer) => number, trait: Trait): Column[] {
  const ofDraw = (leaf: ListedPeer, at: ListedPeer): number =>
    (weight(at) * at.leaves.length) / superpeersOf(leaf);
  return [
    { ofDraw: (leaf, at) => (trait(leaf) === undefined ? 0 : ofDraw(leaf, at)) },
    { ofDraw: (leaf, at) => (trait(leaf) === true ? ofDraw(leaf, at) : 0) },
  ];
}

/** Superpeers that tell of their leaves, the leaves in their lists, and the leaves drawn: once a list, and once a leaf. */
function registrationColumns(weight: (at: ListedPeer) => number): Column[] {
  return [
    { ofStep: (at) => (at.tellsLeaves ? weight(at) : 0) },
    { ofStep: (at) => (at.tellsLeaves ? weight(at) * at.leaves.length : 0) },
    { ofDraw: (_, at) => weight(at) * at.leaves.length },
    { ofDraw: (leaf, at) => (weight(at) * at.leaves.length) / superpeersOf(leaf) },
  ];
}
