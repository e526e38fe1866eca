import { createRandom } from '../../core/random.ts';
import { DEFAULT_MODEL_OPTIONS, type Generated, type Model, type ModelOptions } from '../../models/model.ts';

/** As many peers as the lecture's drawing of a measured overlay has (slide "Topology of Hybrid P2P"). */
export const SAMPLE_OPTIONS: ModelOptions = { ...DEFAULT_MODEL_OPTIONS, peers: 222, reading: 'B' };

/** A sample of a model: the overlay that `peerscope simulate` serves with the same seed, in every figure. */
export function sampleOf(model: Model, seed: number): Generated {
  return model.generate(SAMPLE_OPTIONS, createRandom(seed).fork(model.name));
}
