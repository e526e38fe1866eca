import { geometricAndHump, powerLawAndHump, twoPoissonLaws } from './families/mixtures.ts';
import { lognormalLaw } from './families/normals.ts';
import { geometricLaw, negativeBinomialLaw, poissonLaw } from './families/plain.ts';
import { boundedPowerLaw, cutOffLaw, zetaLaw } from './families/powers.ts';
import type { Family } from './family.ts';

/** Every family that `fit` tries, in the order of the docs. A new one is one line here. */
export const FAMILIES: readonly Family[] = [
  boundedPowerLaw,
  zetaLaw,
  cutOffLaw,
  lognormalLaw,
  geometricLaw,
  poissonLaw,
  negativeBinomialLaw,
  twoPoissonLaws,
  geometricAndHump,
  powerLawAndHump,
];

/** The family of that name, if there is one. */
export function familyNamed(name: string): Family | undefined {
  return FAMILIES.find((family) => family.name === name);
}
