import { TOOL } from '../../core/version.ts';
import { aboutSection } from './about-section.ts';
import { agentsSection } from './agents-section.ts';
import { errorSection } from './error-section.ts';
import { findingSections } from './finding-sections.ts';
import { leadOf, tilesOf, warningsOf } from './headline.ts';
import { leftOutSection, methodsSection, type Making } from './methods-section.ts';
import type { Page } from './page.ts';
import { graphSection, mapSection } from './picture-sections.ts';
import type { ReportedInput } from './reported-input.ts';
import { seriesSection } from './series-section.ts';

/** Everything about one input: what was measured, how, and how wrong it may be. */
export function reportPage(input: ReportedInput, title: string | undefined, making: Making): Page {
  const findings = findingSections(input.findings);
  return {
    title: title ?? `Overlay report: ${shortName(input.series?.directory ?? input.name)}`,
    lead: leadOf(input),
    warnings: warningsOf(input),
    tiles: tilesOf(input),
    sections: [
      aboutSection(input),
      ...findings.filter(({ id }) => id === 'summary'),
      errorSection(input),
      ...seriesSection(input),
      ...findings.filter(({ id }) => id !== 'summary'),
      ...agentsSection(input),
      graphSection(input),
      mapSection(input),
      ...leftOutSection([input]),
      methodsSection([input], making),
    ],
    footer: footerOf(),
  };
}

/** The last part of a path. */
export function shortName(name: string): string {
  return name.replace(/\/+$/, '').split('/').at(-1) ?? name;
}

export function footerOf(): string {
  return `Made by ${TOOL}. This file is whole: it loads nothing and runs nothing, and every table’s CSV is inside of it.`;
}
